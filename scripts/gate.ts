import { renderJson, renderMarkdown, renderText } from '../conformance/contract/render.ts';
import { readProfiles } from '../conformance/contract/usage/files.ts';
import { flagsOf, refuse } from './flags.ts';
import { type Decision, decide } from './gate/policy.ts';
import { copyToReleased, readProposal } from './gate/repository.ts';
import { root } from './generate/contract.ts';

const usage = `npm run gate                              compare spec/ with spec/released/, and check versions and changelog against it
npm run gate -- --format text|markdown|json
npm run gate -- --usage FOLDER            name the clients that each change affects, from their usage profiles
npm run gate -- --adopt                   before the first release: make spec/ the released contract

Exit codes: 0 every change of the contract is declared, 1 something is missing, 2 bad usage. Policy: docs/gate.md`;

/** The line that a reviewer reads first. */
const headline = ({ faults }: Decision): string => {
  if (faults.length === 0) return 'Gate passed.';
  return `Gate failed: ${faults.length} ${faults.length === 1 ? 'item' : 'items'} missing.`;
};

const task = (fault: string): string => `- [ ] ${fault.trimEnd().replaceAll(/\n(?=.)/g, '\n  ')}`;

const renderers: Readonly<Record<string, (decision: Decision) => string>> = {
  text: (decision) =>
    [renderText(decision.comparison), ...decision.faults.map((fault) => `\n✗ ${fault}`), headline(decision)].join('\n'),
  markdown: (decision) =>
    [`**${headline(decision)}**`, ...decision.faults.map(task), renderMarkdown(decision.comparison)].join('\n\n'),
  json: ({ comparison, faults }) => JSON.stringify({ ...JSON.parse(renderJson(comparison)), faults }, null, 2),
};

function adopt(releasedPackage: string | null): string {
  if (releasedPackage !== null)
    throw new Error(`The contract was released with ${releasedPackage}; only npm run release can replace it.`);
  copyToReleased(root);
  return 'spec/released/ is now what spec/ is.';
}

const {
  format,
  adopt: adopts,
  usage: profiles,
} = flagsOf(usage, {
  usage: { type: 'string' },
  format: { type: 'string', default: 'text' },
  adopt: { type: 'boolean' },
});
const render = renderers[format] ?? refuse(`There is no format "${format}".`, usage);
try {
  const proposal = readProposal(root);
  if (adopts) console.log(adopt(proposal.releasedPackage));
  else {
    const decision = decide(profiles === undefined ? proposal : { ...proposal, usage: readProfiles([profiles]) });
    console.log(render(decision));
    process.exitCode = decision.faults.length > 0 ? 1 : 0;
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
