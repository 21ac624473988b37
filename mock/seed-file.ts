import { readFileSync } from 'node:fs';
import { LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { schemas } from '../generated/control-validators.ts';
import { Problem } from './domain/problems.ts';
import { defaultQuirks } from './domain/quirks.ts';
import { randomStream } from './domain/random.ts';
import { firstError, sentence } from './http/messages.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import { plant, type Seed, SeedError } from './worlds/seed.ts';
import { behaviorOf } from './worlds/settings.ts';

/** A seed file cannot be used; the message names the file, line and column, and what was expected. */
export class SeedFileError extends Error {
  override readonly name = 'SeedFileError';
}

/**
 * Reads a seed from a YAML or JSON file, and adds it to an empty world to find any problem at once. Throws a
 * SeedFileError.
 */
export function readSeed(file: string): Seed {
  const lines = new LineCounter();
  const document = parseDocument(read(file), { lineCounter: lines, prettyErrors: false });
  const refuse = (offset: number, what: string, cause: unknown): never => {
    const { line, col } = lines.linePos(offset);
    throw new SeedFileError(`${file}:${line}:${col}: ${what}`, { cause });
  };

  const [fault] = document.errors;
  if (fault !== undefined) refuse(fault.pos[0], fault.message, fault);
  const seed: unknown = document.toJS();
  /** The offset of the value at a path, or of its nearest existing parent. */
  const offsetOf = (path: readonly (string | number)[]): number => {
    const node = document.getIn(path, true) as ParsedNode | undefined;
    return node?.range?.[0] ?? (path.length === 0 ? 0 : offsetOf(path.slice(0, -1)));
  };

  if (!schemas.Seed(seed)) {
    const error = firstError(schemas.Seed);
    const path = error.instancePath.slice(1).split('/').filter(Boolean).map(unescapePointer);
    const hint =
      typeof error.data === 'number' && error.params.type === 'string' ? '; YAML needs quotes around it' : '';
    const unknownField = error.params.additionalProperty;
    const location = typeof unknownField === 'string' ? [...path, unknownField] : path;
    return refuse(offsetOf(location), `${sentence(error, path.length === 0 ? 'seed' : undefined)}${hint}.`, error);
  }
  const store = openSqliteStore();
  try {
    const clock = { timestamp: () => new Date(0).toISOString() };
    const { quirks } = behaviorOf({ quirks: defaultQuirks, progress: { after: 'manual' } }, seed.settings ?? {});
    plant({ store, clock, random: randomStream(file), quirks }, seed);
    return seed;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return refuse(offsetOf(error instanceof SeedError ? error.path : ['settings']), error.message, error);
  } finally {
    store.close();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SeedFileError(`cannot read the seed: ${(error as Error).message}`, { cause: error });
  }
}

/** Decodes a segment of a JSON Pointer. An index becomes a number, as YAML sequences need. */
const unescapePointer = (step: string): string | number =>
  /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~');
