import { type Bump, demands } from '../../conformance/contract/change.ts';
import { bumped, compareVersions } from '../../conformance/contract/version.ts';
import { sectionsOf } from '../gate/changelog.ts';
import type { Decision, Proposal } from '../gate/policy.ts';

/** What a release would say, before anything is written. */
export interface Plan {
  readonly version: string;
  readonly contractVersion: string;
  /** Why this version, in a sentence. */
  readonly reason: string;
  readonly changelog: string;
}

/** The version to release: what package.json says where it is ahead of the last release, and else the next. */
function versionOf({ releasedPackage, packageVersion }: Proposal, { comparison }: Decision, level: Bump) {
  const { verdict } = comparison;
  const contract = verdict === 'unchanged' ? 'the contract did not change' : `the contract's changes are ${verdict}`;
  if (releasedPackage === null) return { version: packageVersion, reason: `the first release; ${contract}` };
  if (compareVersions(packageVersion, releasedPackage) > 0)
    return { version: packageVersion, reason: `package.json is ahead of ${releasedPackage}; ${contract}` };
  return { version: bumped(releasedPackage, level), reason: `${level} after ${releasedPackage}; ${contract}` };
}

/**
 * Plans a release of a checkout that the gate lets through. `level` counts where package.json still has the released
 * version; `date` is YYYY-MM-DD. Throws where the gate is closed or the changelog has nothing to say.
 */
export function planned(proposal: Proposal, decision: Decision, level: Bump, date: string): Plan {
  if (decision.faults.length > 0) throw new Error(`The gate is closed:\n${decision.faults.join('\n')}`);
  const { version, reason } = versionOf(proposal, decision, level);
  const contractVersion = decision.comparison.versions.after ?? 'unknown';
  const [section] = sectionsOf(proposal.changelog);
  if (section === undefined || !['Unreleased', version].includes(section.title) || section.body === '')
    throw new Error(
      `CHANGELOG.md: expected the newest section to be "## Unreleased" or "## ${version}", and to say something.`,
    );
  const heading = `## ${version} (${date}), contract ${contractVersion}`;
  return { version, contractVersion, reason, changelog: proposal.changelog.replace(/^## .*$/m, heading) };
}

/** The demanded level of a release whose package.json was not moved yet. */
export const defaultLevel = ({ comparison: { verdict } }: Decision): Bump =>
  verdict === 'unchanged' ? 'patch' : demands[verdict];
