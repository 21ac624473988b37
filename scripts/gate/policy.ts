import { type Bump, demands } from '../../conformance/contract/change.ts';
import {
  type Comparison,
  type ContractParts,
  compareContracts,
  concluded,
} from '../../conformance/contract/comparison.ts';
import type { UsageProfile } from '../../conformance/contract/usage/profile.ts';
import { bumped, compareVersions } from '../../conformance/contract/version.ts';
import { contractNotes, sectionsOf, suggestedNotes } from './changelog.ts';
import { type Judgement, judgementsFile, withJudgements } from './judgements.ts';

/** All that the gate looks at. */
export interface Proposal {
  readonly released: ContractParts;
  /** Version of the package that brought the released contract; null before the first. */
  readonly releasedPackage: string | null;
  readonly current: ContractParts;
  readonly packageVersion: string;
  readonly changelog: string;
  readonly judgements: readonly Judgement[];
  /** What clients are known to use, so that each change names those that it reaches. */
  readonly usage?: readonly UsageProfile[];
}

export interface Decision {
  readonly comparison: Comparison;
  /** What the repository fails to say of the changes; empty where the gate is open. */
  readonly faults: readonly string[];
}

const bumps: readonly Bump[] = ['major', 'minor', 'patch'];

/** The versions that may follow a release when this much has changed, the least first. */
function allowed(released: string, bump: Bump): string[] {
  const enough = bumps.slice(0, bumps.indexOf(bump) + 1).map((one) => bumped(released, one));
  return [...new Set(enough)].sort(compareVersions);
}

const either = (versions: readonly string[]): string => versions.join(' or ');

/**
 * Decides whether the repository says what it does to the contract (docs/gate.md):
 * 1. info.version of openapi.yaml, the version of the contract, moves as far as the gravest change demands, and does not
 *    move without a change;
 * 2. so does the version of the package, from the first published one on;
 * 3. the changelog's newest section, Unreleased or the package's version, lists the changes under `### Contract <version>`,
 *    and what breaks in a line that begins with `Breaking:`.
 */
export function decide(proposal: Proposal): Decision {
  const found = compareContracts(proposal.released, proposal.current, proposal.usage);
  const { changes, stale } = withJudgements(found.changes, proposal.judgements);
  const comparison = concluded(changes, found.versions.before, found.versions.after);
  const { verdict, versions } = comparison;
  if (versions.before === null || versions.after === null) {
    const files = [versions.before, versions.after].map((version, index) =>
      version ? '' : index ? 'spec' : 'spec/released',
    );
    const faults = files.filter(Boolean).map((file) => `${file}/openapi.yaml: expected info.version such as 1.4.0`);
    return { comparison, faults };
  }
  const faults = stale.map(
    ({ path }) => `${judgementsFile}: ${path} is not, or no longer, a change; remove the entry.`,
  );
  if (verdict === 'unchanged') {
    if (versions.after !== versions.before)
      faults.push(
        `spec/openapi.yaml: info.version is ${versions.after}, expected ${versions.before}, since the contract did not change.`,
      );
    return { comparison, faults };
  }
  const why = `the changes since the last release are ${verdict}`;
  const contract = allowed(versions.before, demands[verdict]);
  const isNamed = contract.includes(versions.after);
  if (!isNamed)
    faults.push(`spec/openapi.yaml: info.version is ${versions.after}, expected ${either(contract)}: ${why}.`);
  if (proposal.releasedPackage !== null) {
    const versions = allowed(proposal.releasedPackage, demands[verdict]);
    if (!versions.includes(proposal.packageVersion))
      faults.push(`package.json: version is ${proposal.packageVersion}, expected ${either(versions)}: ${why}.`);
  }
  faults.push(...changelogFaults(proposal, comparison, isNamed ? versions.after : (contract[0] as string)));
  return { comparison, faults };
}

function changelogFaults(
  { changelog, packageVersion }: Proposal,
  { changes, verdict }: Comparison,
  version: string,
): string[] {
  const [section] = sectionsOf(changelog);
  const titles = ['Unreleased', packageVersion];
  if (section === undefined || !titles.includes(section.title))
    return [
      `CHANGELOG.md: the newest section is "${section?.title ?? 'none'}", expected "## ${titles.join('" or "## ')}".`,
    ];
  const notes = contractNotes(section, version);
  const isToldOf = verdict !== 'breaking' || notes.some((note) => note.startsWith('Breaking:'));
  if (notes.length > 0 && isToldOf) return [];
  const missing = notes.length === 0 ? 'nothing is listed' : 'no line begins with "Breaking:"';
  return [
    `CHANGELOG.md: ${missing} under "### Contract ${version}" in "## ${section.title}". For a start:\n\n${suggestedNotes(changes, version)}\n`,
  ];
}
