import type { Bump } from './change.ts';

type Version = readonly [major: number, minor: number, patch: number];

function parse(text: string): Version {
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  if (parts.length !== 3) throw new Error(`expected a version such as 1.4.0, got "${text}"`);
  return parts.map(Number) as unknown as Version;
}

/** The next version that a bump leads to. Below 1.0.0 nothing is promised yet: major moves the minor part, minor the patch. */
export function bumped(version: string, bump: Bump): string {
  const [major, minor, patch] = parse(version);
  if (bump === 'major' && major > 0) return `${major + 1}.0.0`;
  if (bump === 'major' || (bump === 'minor' && major > 0)) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** Negative if `a` comes before `b`, zero if they are the same. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
