import type { MemberRow } from '../../domain/people.ts';

/** A submitted roster, with the text of each row by which it is compared with what is known of a member. */
export interface SubmittedRoster {
  readonly references: readonly (readonly [reference: string, plan: string])[];
  /** The JSON of the other fields of each row. */
  readonly details: readonly string[];
  readonly row: (index: number) => MemberRow;
}

export const rosterOf = (rows: readonly MemberRow[]): SubmittedRoster => ({
  references: rows.map(({ reference_id, plan_id }) => [reference_id, plan_id]),
  details: rows.map(({ reference_id, plan_id, ...rest }) => JSON.stringify(rest)),
  row: (index) => rows[index] as MemberRow,
});

/** A roster as it is stored until its sync completes: the references with their plans as JSON, and a line for the details of each row. */
interface RosterTexts {
  readonly roster: string;
  readonly details: string;
}

/** How many rosters are kept in memory, besides the store. */
const maxKept = 4;

/**
 * The rosters written last. Most syncs complete soon, and then need not parse what was just submitted: a tenth of the time
 * of 5,000 changed rows. A roster is found by its texts, so it is never an outdated one.
 */
const kept: (RosterTexts & { readonly submitted: SubmittedRoster })[] = [];

export function writeRoster(submitted: SubmittedRoster): RosterTexts {
  const texts = { roster: JSON.stringify(submitted.references), details: submitted.details.join('\n') };
  kept.push({ ...texts, submitted });
  if (kept.length > maxKept) kept.shift();
  return texts;
}

export function readRoster({ roster, details }: RosterTexts): SubmittedRoster {
  const place = kept.findIndex((one) => one.roster === roster && one.details === details);
  const [found] = place < 0 ? [] : kept.splice(place, 1);
  return found?.submitted ?? parseRoster({ roster, details });
}

function parseRoster({ roster, details }: RosterTexts): SubmittedRoster {
  const references: SubmittedRoster['references'] = JSON.parse(roster);
  const lines = details.split('\n');
  return {
    references,
    details: lines,
    row(index) {
      const [reference_id, plan_id] = references[index] as (typeof references)[number];
      return Object.assign(JSON.parse(lines[index] as string), { reference_id, plan_id });
    },
  };
}
