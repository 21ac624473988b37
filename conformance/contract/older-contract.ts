import { basename, dirname } from 'node:path';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { quirks } from '../../generated/quirks.ts';
import { rules } from '../../generated/rules.ts';
import { bodiesOf } from './bodies.ts';
import type { QuirkEntry } from './catalogue.ts';
import type { Change } from './change.ts';
import { type ContractParts, compareContracts } from './comparison.ts';
import { contractFiles, readContract, UnreadableContract } from './files.ts';
import { child, documentNode, type Fields, fieldsOf, isObject } from './json-pointer.ts';
import { contractDigest, type JudgedContract, ownContract } from './judged-contract.ts';

const own = {
  openapi,
  rules: Object.entries(rules).map(([id, rule]) => ({ id, ...rule })),
  quirks: Object.entries(quirks).map(([name, quirk]) => ({ name, ...quirk })),
};

/**
 * Kinds of change that the suite can undo: it leaves out what was added, judges at the former level, and validates
 * answers against the former schemas. It does not judge headers and addresses at all.
 */
const reversible =
  /^(rule\.(added|level|needs)|quirk\.default|response\.(?!media-type).*|header\..*|server\..*|operation\.(operationId|deprecated)|deprecated)$/;

/** Whether a change prevents judging, because today's checks expect something that the older contract did not ask for. */
function stands({ kind, verdict, before }: Change): boolean {
  if (verdict === 'editorial' || reversible.test(kind)) return false;
  // A should part that was added is left out; one that was removed or reworded has no check.
  return !(kind === 'rule.should' && before === undefined);
}

/** A document without its answers, so that a change of a schema that both sides share counts only for requests. */
function requestsOf({ paths, ...document }: Fields): Fields {
  const mapped = (value: unknown, map: (entry: unknown) => unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, map(entry)])) : value;
  const withoutResponses = (entry: unknown) =>
    isObject(entry) && 'responses' in entry ? { ...entry, responses: {} } : entry;
  return { ...document, paths: mapped(paths, (item) => mapped(item, withoutResponses)) };
}

/** Questions with several readings, as in the kit's own table. */
const openQuestions = (questions: readonly QuirkEntry[] = []): QuirkEntry[] =>
  questions.filter(({ values }) => values.length > 1);

/** What prevents judging by an older contract. */
function obstaclesOf(older: ContractParts, document: Fields): Change[] {
  const whole = compareContracts({ ...older, quirks: openQuestions(older.quirks) }, own).changes;
  const requests = compareContracts({ openapi: requestsOf(document) }, { openapi: requestsOf(openapi) }).changes;
  const found = [...whole, ...requests].filter(stands);
  return found.filter((change, index) => found.findIndex(({ path }) => path === change.path) === index);
}

/**
 * An older contract to judge by: a folder like spec/released, or its openapi.yaml. Throws UnreadableContract if it cannot be
 * read, or if this suite cannot judge by it.
 */
export function readOlderContract(path: string): JudgedContract {
  const folder = basename(path) === contractFiles.openapi ? dirname(path) : path;
  const parts = readContract(folder);
  const { openapi: document, rules: entries, quirks: questions } = parts;
  if (!isObject(document) || entries === undefined || questions === undefined)
    throw new UnreadableContract(
      `${path}: expected a folder with ${Object.values(contractFiles).join(', ')}; a contract is judged by all of them`,
    );
  const table = Object.fromEntries(entries.map(({ id, ...rule }) => [id, { ...rule, needs: rule.needs ?? [] }]));
  const readings = Object.fromEntries(openQuestions(questions).map(({ name, ...quirk }) => [name, quirk]));
  const sha256 = contractDigest({ openapi: document, rules: table, quirks: readings });
  if (sha256 === ownContract.sha256) return ownContract;

  const version = String(fieldsOf(child(documentNode(document), 'info'))['version'] ?? 'without a version');
  const obstacles = obstaclesOf(parts, document);
  if (obstacles.length > 0) {
    const some = obstacles.slice(0, 3).map(({ what, path: at }) => `${what} (${at})`);
    const more = obstacles.length > 3 ? ` and ${obstacles.length - 3} more` : '';
    throw new UnreadableContract(
      `${path}: this suite cannot judge by contract ${version}, since its checks ask for what changed after it: ${some.join('; ')}${more}. Use the kit that brought that contract`,
    );
  }
  try {
    bodiesOf(document);
  } catch (error) {
    throw new UnreadableContract(
      `${path}: this suite cannot judge by contract ${version}: ${(error as Error).message}`,
    );
  }
  return { version, sha256, rules: table, openapi: document };
}
