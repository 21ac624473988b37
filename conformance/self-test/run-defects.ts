import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defects } from './defects.ts';
import { type Job, runJobs } from './jobs.ts';
import { coveringTwice, pairwise } from './pairs.ts';
import { defectsMarkdown, furtherOf, rate, recorded, variantsMarkdown } from './tables.ts';
import type { Trial } from './trial.ts';
import { variants } from './variants.ts';

const usage = `npm run self-test                     the suite on every defect and every legal variant; fails if a defect is not
                                      noticed or a variant is accused
npm run self-test -- --only a,b       only these defects or variants
npm run self-test -- --only defects   only the defects; or variants, one by one; or sets, which are variants together
npm run self-test -- --short          as in npm test: on a defect only the rules that it breaks, unless these alone do
                                      not notice it; and variants only together, each in two sets
npm run self-test -- --verbose        with the messages of the failing checks
npm run self-test -- --write          also writes the tables: docs/trust/defects.md and variants.md; with --only, only
                                      their rows. Without --write, these rows must not have changed`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    short: { type: 'boolean' },
    verbose: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

const root = join(import.meta.dirname, '../..');

const tableOf = (file: string): string => join(root, 'docs/trust', file);

/** Reports rows of a table that are not as recorded, and sets the exit code. */
function reportChanges(file: string, changed: readonly string[]): void {
  if (changed.length === 0) return;
  console.log(`✗ docs/trust/${file} differs; to renew these rows: npm run self-test -- --write --only NAME,NAME`);
  for (const row of changed) console.log(`    ${row}`);
  process.exitCode = 1;
}

/** Renews the rows of a table, or reports those that differ. */
function renew(file: string, renewed: (before: string) => string): void {
  const before = readFileSync(tableOf(file), 'utf8');
  const after = renewed(before);
  const rows = new Set(before.split('\n'));
  if (values.write) writeFileSync(tableOf(file), after);
  else
    reportChanges(
      file,
      after.split('\n').filter((row) => !rows.has(row)),
    );
}

/** Reports defects on which rules failed that their rows do not name. */
function reportUnrecorded(trials: readonly Trial[]): void {
  const rows = recorded(readFileSync(tableOf('defects.md'), 'utf8'));
  const changed = trials.flatMap((trial) => {
    const further = furtherOf(trial).filter((part) => !rows.get(trial.name)?.further.includes(part));
    return further.length > 0 ? [`${trial.name}: also fails ${further.join(', ')}`] : [];
  });
  reportChanges('defects.md', changed);
}

const wanted = values.only?.split(',');
const known = [...defects.map(({ name }) => name), ...variants.map(({ name }) => name), 'defects', 'variants', 'sets'];
const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
const chosen = <T extends { readonly name: string }>(area: string, all: readonly T[]): readonly T[] =>
  wanted === undefined || wanted.includes(area) ? all : all.filter(({ name }) => wanted.includes(name));

const sets = pairwise(variants);

/** The jobs by title: all of them, or those that --only names. The longest come first, so that no processor is idle at the end. */
const plan = {
  'Legal variants': (values.short && wanted === undefined ? [] : chosen('variants', variants)).map(
    ({ name }): Job => ({ kind: 'variants', names: [name] }),
  ),
  'Variants together': (wanted?.includes('sets') === false ? [] : values.short ? coveringTwice(sets) : sets).map(
    (set): Job => ({ kind: 'variants', names: set.map(({ name }) => name) }),
  ),
  Defects: chosen('defects', defects).map(
    ({ name }): Job => ({ kind: 'defect', name, extent: values.short ? 'own' : 'whole' }),
  ),
};

function print(trial: Trial, progress: string): void {
  const { name, expected, unmet, verdict, fault, messages } = trial;
  const further = furtherOf(trial);
  const sets = name.includes(' + ') ? `${name.slice(0, 60)}…` : name;
  const columns = [
    sets.padEnd(36),
    expected.join(' ') || 'nothing',
    further.length > 0 && `also ${further.join(' ')}`,
    verdict,
    unmet > 0 && `${unmet} not judged`,
  ];
  console.log(`${fault === '' ? '✓' : '✗'} ${progress} ${columns.filter(Boolean).join(' | ')}`);
  if (fault !== '') console.log(`    ${name}: ${fault}`);
  if (values.verbose) for (const message of messages) console.log(`    ${message}`);
}

async function main(): Promise<void> {
  const started = performance.now();
  const jobs = Object.values(plan).flat();
  const trials = await runJobs(jobs, (trial, done) =>
    print(trial, `${String(done).padStart(String(jobs.length).length)}/${jobs.length}`),
  );
  const [single = [], together = [], killed = []] = Object.entries(plan).map(([title, { length }]) => {
    const part = trials.splice(0, length);
    if (length > 0) console.log(`${title}: ${rate(part)} as expected.`);
    return part;
  });
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s.`);
  if (values.short) reportUnrecorded(killed);
  else renew('defects.md', (before) => defectsMarkdown(killed, before));
  renew('variants.md', (before) => variantsMarkdown([...single, ...together], before));
  if ([...killed, ...single, ...together].some(({ fault }) => fault !== '')) process.exitCode = 1;
}

if (values.help) console.log(usage);
else if (values.short && values.write) {
  console.error(`--write needs whole runs; leave out --short.\n\n${usage}`);
  process.exitCode = 2;
} else if (unknown.length > 0) {
  console.error(`There is no defect or variant ${unknown.join(', ')}.\n\n${usage}`);
  process.exitCode = 2;
} else await main();
