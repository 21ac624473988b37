import { type Comparison, type ContractParts, compareContracts } from './comparison.ts';
import { readContract, UnreadableContract } from './files.ts';
import { renderJson, renderMarkdown, renderText } from './render.ts';
import { readProfiles } from './usage/files.ts';

export const diffFormats = ['text', 'markdown', 'json'] as const;
export type DiffFormat = (typeof diffFormats)[number];

export interface DiffOptions {
  /** File or folder of the older contract. */
  readonly before: string;
  /** The same for the newer contract. */
  readonly after: string;
  readonly format?: DiffFormat;
  /** Files or folders of usage profiles. */
  readonly usage?: readonly string[];
}

export interface DiffResult {
  readonly output: string;
  /** 0: nothing breaks. 1: something breaks. 2: bad usage, and the output is the reason. */
  readonly exitCode: 0 | 1 | 2;
}

const renderers: Readonly<Record<DiffFormat, (comparison: Comparison) => string>> = {
  text: renderText,
  markdown: renderMarkdown,
  json: renderJson,
};

const partNames = ['openapi', 'rules', 'quirks'] as const;

/** A part that only one side has cannot be compared, and must not be ignored silently. */
function requireSameParts(before: ContractParts, after: ContractParts, paths: DiffOptions): void {
  for (const part of partNames) {
    if (part in before === part in after) continue;
    const [has, lacks] = part in before ? [paths.before, paths.after] : [paths.after, paths.before];
    throw new UnreadableContract(
      `${has} holds ${part}, ${lacks} does not: compare two files of the same kind, or two folders`,
    );
  }
}

/** `groups-conformance diff OLD NEW`: compares two contracts from disk. Never throws for mistakes of the caller. */
export function runDiff(options: DiffOptions): DiffResult {
  try {
    const [before, after] = [readContract(options.before), readContract(options.after)];
    requireSameParts(before, after, options);
    const comparison = compareContracts(before, after, readProfiles(options.usage ?? []));
    const output = renderers[options.format ?? 'text'](comparison);
    return { output, exitCode: comparison.verdict === 'breaking' ? 1 : 0 };
  } catch (error) {
    if (error instanceof UnreadableContract) return { output: error.message, exitCode: 2 };
    throw error;
  }
}
