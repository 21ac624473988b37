import type { Change } from '../../conformance/contract/change.ts';

/** The section of one version in the changelog. */
export interface Section {
  /** `Unreleased` or a version. */
  readonly title: string;
  readonly body: string;
}

/** The sections, newest first. */
export function sectionsOf(changelog: string): Section[] {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const [heading = '', ...lines] = text.split('\n');
      return { title: heading.trim().split(' ')[0] ?? '', body: lines.join('\n').trim() };
    });
}

/** The list under `### Contract <version>` of a section; empty if there is none. */
export function contractNotes({ body }: Section, version: string): string[] {
  const part = body.split(/^### /m).find((text) => text.split('\n')[0]?.trim() === `Contract ${version}`) ?? '';
  return [...part.matchAll(/^- (.+)/gm)].map((match) => match[1] as string);
}

/** A first draft of the changelog for the changes that the gate found. */
export function suggestedNotes(changes: readonly Change[], version: string): string {
  const lines = changes
    .filter(({ verdict }) => verdict !== 'editorial')
    .map(({ verdict, what, where, path }) => {
      const place = where.length > 0 ? where.slice(0, 3).join(', ') : path;
      return `- ${verdict === 'breaking' ? 'Breaking: ' : ''}${what} (${place}).`;
    });
  return [`### Contract ${version}`, '', ...(lines.length > 0 ? lines : ['- Wording.'])].join('\n');
}
