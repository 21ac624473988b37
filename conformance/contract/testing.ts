import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';

export const specFolder = join(import.meta.dirname, '../../spec');

type Part = 'openapi' | 'rules' | 'quirks';

/** A new folder with a former version of the kit's contract: the edits undo changes. */
export function contractBefore(edits: Readonly<Partial<Record<Part, (document: Document) => void>>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  for (const part of ['openapi', 'rules', 'quirks'] as const) {
    const document = parseDocument(readFileSync(join(specFolder, `${part}.yaml`), 'utf8'));
    edits[part]?.(document);
    writeFileSync(join(folder, `${part}.yaml`), String(document));
  }
  return folder;
}

/** Where a rule stands in rules.yaml. */
export const placeOf = (rules: Document, id: string): number =>
  (rules.toJS() as { readonly id: string }[]).findIndex((rule) => rule.id === id);
