import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { contractFiles, readContract } from '../../conformance/contract/files.ts';
import { judgementsFile, judgementsFrom } from './judgements.ts';
import type { Proposal } from './policy.ts';

const releaseFile = 'spec/released/release.yaml';

/** Reads everything that the gate looks at from a checkout. Throws if a file is missing or invalid. */
export function readProposal(root: string): Proposal {
  const text = (file: string) => readFileSync(join(root, file), 'utf8');
  const { package: releasedPackage } = parse(text(releaseFile)) as { package?: unknown };
  if (releasedPackage !== null && typeof releasedPackage !== 'string')
    throw new Error(`${releaseFile}: expected package, a version or null`);
  return {
    released: readContract(join(root, 'spec/released')),
    releasedPackage,
    current: readContract(join(root, 'spec')),
    packageVersion: (JSON.parse(text('package.json')) as { version: string }).version,
    changelog: text('CHANGELOG.md'),
    judgements: judgementsFrom(parse(text(judgementsFile))),
  };
}

/** Makes the contract of the checkout the released one, and clears the judgements, which were about the one before. */
export function copyToReleased(root: string): void {
  for (const file of Object.values(contractFiles))
    copyFileSync(join(root, 'spec', file), join(root, 'spec/released', file));
  const judgements = join(root, judgementsFile);
  const [comment = ''] = /^(?:#.*\n)*/.exec(readFileSync(judgements, 'utf8')) ?? [];
  writeFileSync(judgements, `${comment}[]\n`);
}
