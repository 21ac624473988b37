import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bump } from '../conformance/contract/change.ts';
import { sha256 } from '../conformance/contract/judged-contract.ts';
import { summary } from '../conformance/contract/render.ts';
import { flagsOf, refuse } from './flags.ts';
import { decide } from './gate/policy.ts';
import { readProposal } from './gate/repository.ts';
import { root } from './generate/contract.ts';
import { artefactsOf, cloneHead, headOf, releaseFiles, runProgram, writePlan } from './release/artefacts.ts';
import { defaultLevel, planned } from './release/plan.ts';

const usage = `npm run release                      show what a release of HEAD would contain; writes nothing
npm run release -- --write           write versions, changelog, spec/released/, and the artefacts in release/
npm run release -- --level minor     if package.json still has the released version: patch, minor or major

It does not commit, tag or publish; it prints the commands for that. Exit codes: 0 done, 1 not ready for a release, 2 bad usage.`;

const levels: readonly string[] = ['patch', 'minor', 'major'];

/** The digest of a checkout's contract, computed by the checkout's own code. */
const contractDigest = (folder: string): string =>
  runProgram(
    folder,
    process.execPath,
    ...['--input-type=module', '--eval'],
    "import { ownContract } from './conformance/contract/judged-contract.ts'; process.stdout.write(ownContract.sha256)",
  );

function release(level: string | undefined, writes: boolean): void {
  const commit = headOf(root);
  const isClean = runProgram(root, 'git', 'status', '--porcelain').trim() === '';
  if (writes && !isClean) throw new Error('The checkout has uncommitted changes; commit them first.');
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const clone = join(folder, 'head');
    cloneHead(root, clone);
    const proposal = readProposal(clone);
    const decision = decide(proposal);
    const plan = planned(
      proposal,
      decision,
      (level as Bump | undefined) ?? defaultLevel(decision),
      commit.date.slice(0, 10),
    );
    writePlan(clone, plan);
    console.error('Building both packages twice …');
    const artefacts = artefactsOf(clone, plan, commit);
    console.log(`Release ${plan.version} with contract ${plan.contractVersion} (${plan.reason}).`);
    console.log(`Commit ${commit.hash}${isClean ? '' : '; uncommitted changes are left out'}.`);
    console.log(`Contract since the last release: ${summary(decision.comparison)}`);
    console.log(`Certificates name it as ${plan.contractVersion}, sha256 ${contractDigest(clone)}.`);
    console.log(
      `\nFiles that change:\n${runProgram(clone, 'git', 'diff', '--stat', '--', ...releaseFiles).trimEnd() || ' none'}`,
    );
    console.log('\nArtefacts, built twice with the same result:');
    for (const { name, content } of artefacts) console.log(` ${sha256(content)}  ${name} (${content.length} bytes)`);
    if (!writes) {
      console.log('\nNothing was written; add --write to write it.');
      return;
    }
    writePlan(root, plan);
    rmSync(join(root, 'release'), { recursive: true, force: true });
    mkdirSync(join(root, 'release'));
    for (const { name, content } of artefacts) writeFileSync(join(root, 'release', name), content);
    console.log(`\nWritten. Look at it, then:
 npm test -- --full
 git commit -m "Release ${plan.version}" -- ${releaseFiles.join(' ')}
 git tag v${plan.version}
 npm publish release/${artefacts[0]?.name} --provenance    (in CI, which signs it)
 twine upload release/${artefacts[1]?.name}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { write, level } = flagsOf(usage, { write: { type: 'boolean', default: false }, level: { type: 'string' } });
if (level !== undefined && !levels.includes(level)) refuse(`There is no level "${level}".`, usage);
try {
  release(level, write);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
