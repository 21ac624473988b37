import { type Bump, demands } from '../../conformance/contract/change.ts';
import { bumped, compareVersions } from '../../conformance/contract/version.ts';
import { sectionsOf } from '../gate/changelog.ts';
import type { Decision, Proposal } from '../gate/policy.ts';

/** A planned release, before anything is written. */
export interface ReleasePlan {
  readonly version: string;
  readonly contractVersion: string;
  /** Why it has this version. */
  readonly reason: string;
  readonly changelog: string;
}

/** The version to release: that of package.json if it is ahead of the last release, otherwise the next one. */
function versionOf({ releasedPackage, packageVersion }: Proposal, { comparison }: Decision, level: Bump) {
  const { verdict } = comparison;
  const contract = verdict === 'unchanged' ? 'the contract did not change' : `the contract's changes are ${verdict}`;
  if (releasedPackage === null) return { version: packageVersion, reason: `the first release; ${contract}` };
  if (compareVersions(packageVersion, releasedPackage) > 0)
    return { version: packageVersion, reason: `package.json is ahead of ${releasedPackage}; ${contract}` };
  return { version: bumped(releasedPackage, level), reason: `${level} after ${releasedPackage}; ${contract}` };
}

/**
 * Plans a release. `level` counts only if package.json still has the released version; `date` is YYYY-MM-DD. Throws if the
 * gate failed or the changelog is empty.
 */
export function planned(proposal: Proposal, decision: Decision, level: Bump, date: string): ReleasePlan {
  if (decision.faults.length > 0) throw new Error(`The gate failed:\n${decision.faults.join('\n')}`);
  const { version, reason } = versionOf(proposal, decision, level);
  const contractVersion = decision.comparison.versions.after ?? 'unknown';
  const [section] = sectionsOf(proposal.changelog);
  if (section === undefined || !['Unreleased', version].includes(section.title) || section.body === '')
    throw new Error(
      `CHANGELOG.md: expected the newest section to be "## Unreleased" or "## ${version}", and not to be empty.`,
    );
  const heading = `## ${version} (${date}), contract ${contractVersion}`;
  return { version, contractVersion, reason, changelog: proposal.changelog.replace(/^## .*$/m, heading) };
}

/** The required level of a release if package.json still has the released version. */
export const defaultLevel = ({ comparison: { verdict } }: Decision): Bump =>
  verdict === 'unchanged' ? 'patch' : demands[verdict];
