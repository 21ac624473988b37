import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Document, parseDocument } from 'yaml';
import { copyToReleased } from './gate/repository.ts';
import { root } from './generate/contract.ts';

/** Changes spec/ in a copy of this checkout and runs the gate before and after versions and changelog declare the change. */

const folder = mkdtempSync(join(tmpdir(), 'gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parts = ['conformance', 'generated', 'scripts', 'spec', 'CHANGELOG.md', 'package.json'];

/** A copy in which contract 1.4.0 was released with package 2.1.0. */
function checkout(name: string): string {
  const copy = join(folder, name);
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  editContract(copy, (contract) => contract.setIn(['info', 'version'], '1.4.0'));
  copyToReleased(copy);
  write(copy, 'spec/released/release.yaml', 'package: 2.1.0\n');
  write(copy, 'spec/released/judgements.yaml', '[]\n');
  setPackageVersion(copy, '2.1.0');
  write(copy, 'CHANGELOG.md', '# Changelog\n\n## Unreleased\n');
  return copy;
}

const write = (copy: string, file: string, text: string) => writeFileSync(join(copy, file), text);

function editContract(copy: string, edit: (contract: Document) => void): void {
  const contract = parseDocument(readFileSync(join(copy, 'spec/openapi.yaml'), 'utf8'));
  edit(contract);
  write(copy, 'spec/openapi.yaml', String(contract));
}

function setPackageVersion(copy: string, version: string): void {
  const text = readFileSync(join(copy, 'package.json'), 'utf8');
  write(copy, 'package.json', text.replace(/"version": ".*"/, `"version": "${version}"`));
}

function gate(copy: string): { readonly status: number | null; readonly summary: string } {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/gate.ts', '--format', 'markdown'], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, summary: stdout };
}

test('the gate passes what was released', () => {
  const summary = expect.stringMatching(/^\*\*Gate passed\.\*\*/) as string;
  expect(gate(checkout('released'))).toMatchObject({ status: 0, summary });
});

const body = ['components', 'schemas', 'CreateGroupRequest'];
const addNote = (contract: Document) => contract.setIn([...body, 'properties', 'note'], { type: 'string' });

test.each([
  {
    kind: 'breaking',
    edit: (contract: Document) => {
      addNote(contract);
      contract.addIn([...body, 'required'], 'note');
    },
    row: /^\| note became required: `\{.*\}` was valid, is not any more \| `openapi#\/components\/schemas\/CreateGroupRequest\/required` \| .* \| createGroup request \| client \|$/m,
    contract: '2.0.0',
    packages: ['3.0.0', /version is 2\.1\.0, expected 3\.0\.0/],
    note: 'Breaking: a group is created with a note.',
  },
  {
    kind: 'compatible',
    edit: addNote,
    row: /^\| property note added \| `openapi#\/components\/schemas\/CreateGroupRequest\/properties\/note` \| .* \| createGroup request \| implementer \|$/m,
    contract: '1.5.0',
    packages: ['2.2.0', /version is 2\.1\.0, expected 2\.2\.0 or 3\.0\.0/],
    note: 'A group may be created with a note.',
  },
] as const)('a $kind change closes the gate until versions and changelog say so', ({ kind, ...demo }) => {
  const copy = checkout(kind);
  editContract(copy, demo.edit);
  const before = gate(copy);
  expect(before.status).toBe(1);
  expect(before.summary).toMatch(/^\*\*Gate failed: 3 items missing\.\*\*\n/);
  expect(before.summary).toContain(`**Contract: ${kind}.**`);
  expect(before.summary).toContain(`It demands version ${demo.contract} after 1.4.0.`);
  expect(before.summary).toMatch(demo.row);
  const [version, fault] = demo.packages;
  expect(before.summary).toMatch(fault);

  editContract(copy, (contract) => contract.setIn(['info', 'version'], demo.contract));
  setPackageVersion(copy, version);
  write(copy, 'CHANGELOG.md', `# Changelog\n\n## Unreleased\n\n### Contract ${demo.contract}\n\n- ${demo.note}\n`);
  const after = gate(copy);
  expect(after.status).toBe(0);
  expect(after.summary).toMatch(/^\*\*Gate passed\.\*\*\n/);
  expect(after.summary).toMatch(demo.row);
});
