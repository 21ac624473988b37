/** Loads a module of Node without the warning that it is experimental, which users of the kit need not know. */
export function withoutExperimentalWarning<T>(load: () => T): T {
  const { emitWarning } = process;
  const others = (...given: Parameters<typeof emitWarning>): void => {
    if ((given[1] as unknown) !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, given);
  };
  process.emitWarning = others as typeof emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
