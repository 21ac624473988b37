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
import { judgementsFile, type ManualJudgement, withJudgements } from './judgements.ts';

/** Everything that the gate looks at. */
export interface Proposal {
  readonly released: ContractParts;
  /** Version of the package with which the contract was released; null before the first release. */
  readonly releasedPackage: string | null;
  readonly current: ContractParts;
  readonly packageVersion: string;
  readonly changelog: string;
  readonly judgements: readonly ManualJudgement[];
  /** What clients are known to use, so that each change names the clients that it affects. */
  readonly usage?: readonly UsageProfile[];
}

export interface Decision {
  readonly comparison: Comparison;
  /** Declarations of the changes that are missing; empty if the gate passes. */
  readonly faults: readonly string[];
}

const bumps: readonly Bump[] = ['major', 'minor', 'patch'];

/** The versions that may follow a release for a change of this level, smallest first. */
function allowed(released: string, bump: Bump): string[] {
  const enough = bumps.slice(0, bumps.indexOf(bump) + 1).map((one) => bumped(released, one));
  return [...new Set(enough)].sort(compareVersions);
}

const either = (versions: readonly string[]): string => versions.join(' or ');

/**
 * Decides whether the repository declares every change of the contract (docs/gate.md):
 * 1. info.version of openapi.yaml, the version of the contract, moves as far as the most serious change requires, and stays
 *    if nothing changed;
 * 2. so does the version of the package, once it has been published;
 * 3. the newest section of the changelog, Unreleased or the package's version, lists the changes under
 *    `### Contract <version>`, and breaking ones in a line that begins with `Breaking:`.
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
        `spec/openapi.yaml: info.version is ${versions.after}, expected ${versions.before}, because the contract did not change.`,
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
    `CHANGELOG.md: ${missing} under "### Contract ${version}" in "## ${section.title}". A first draft:\n\n${suggestedNotes(changes, version)}\n`,
  ];
}
