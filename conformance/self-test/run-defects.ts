import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { defects } from './defects.ts';
import { type Job, runJobs } from './jobs.ts';
import { pairwise } from './pairs.ts';
import { defectsMarkdown, furtherOf, rate, recordedFurther, variantsMarkdown } from './tables.ts';
import type { Trial } from './trial.ts';
import { variants } from './variants.ts';

const usage = `npm run self-test                     the suite on every defect and every legal variant; fails where one is not
                                      noticed by just the rules that it breaks, or a variant is accused
npm run self-test -- --only a,b       only these defects or variants
npm run self-test -- --only defects   only the defects; variants, each by itself; or sets of variants together
npm run self-test -- --verbose        with what the failing checks say
npm run self-test -- --write          also writes the tables: docs/trust/defects.md and variants.md; with --only, the rows of
                                      these alone. Without it, what fails along with what a defect breaks must be as there`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    verbose: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

const root = join(import.meta.dirname, '../..');

const tables = { defects: 'docs/trust/defects.md', variants: 'docs/trust/variants.md' } as const;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Whether other rules failed along with what a defect breaks than the table records. */
function isStale(trial: Trial): boolean {
  const recorded = recordedFurther(read(tables.defects), trial.name);
  return String(recorded) !== String(furtherOf(trial));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  console.log(`Wrote ${file}.`);
}

const wanted = values.only?.split(',');
const known = [...defects.map(({ name }) => name), ...variants.map(({ name }) => name), 'defects', 'variants', 'sets'];
const unknown = wanted?.filter((name) => !known.includes(name)) ?? [];
const chosen = <T extends { readonly name: string }>(area: string, all: readonly T[]): readonly T[] =>
  wanted === undefined || wanted.includes(area) ? all : all.filter(({ name }) => wanted.includes(name));

/** Runs jobs, shows each trial, and says how many came out as they should. */
async function show(title: string, jobs: readonly Job[]): Promise<Trial[]> {
  if (jobs.length === 0) return [];
  const started = performance.now();
  console.log(`\n${title}`);
  const trials = await runJobs(jobs, (trial, done) => {
    const { name, expected, unmet, verdict, fault, messages } = trial;
    const further = furtherOf(trial);
    const sets = name.includes(' + ') ? `${name.slice(0, 60)}…` : name;

    const columns = [
      sets.padEnd(36),
      expected.join(' ') || 'nothing',
      further.length > 0 && `also ${further.join(' ')}`,
    ];
    const ending = [verdict, unmet > 0 && `${unmet} not judged`];
    const line = [...columns, ...ending].filter(Boolean).join(' | ');
    console.log(`${fault === '' ? '✓' : '✗'} ${String(done).padStart(3)}/${jobs.length} ${line}`);
    if (fault !== '') console.log(`    ${name}: ${fault}`);
    if (values.verbose) for (const message of messages) console.log(`    ${message}`);
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${title}: ${rate(trials)} as they should be, in ${seconds} s.`);
  return trials;
}

async function main(): Promise<void> {
  const killed = await show(
    'Defects',
    chosen('defects', defects).map(({ name }): Job => ({ kind: 'defect', name })),
  );
  const single = await show(
    'Legal variants',
    chosen('variants', variants).map(({ name }): Job => ({ kind: 'variants', names: [name] })),
  );
  const sets = wanted === undefined || wanted.includes('sets') ? pairwise(variants) : [];
  const together = await show(
    'Variants together',
    sets.map((set): Job => ({ kind: 'variants', names: set.map(({ name }) => name) })),
  );
  if (values.write) {
    if (killed.length > 0) write(tables.defects, defectsMarkdown(killed, read(tables.defects)));
    if (single.length + together.length > 0)
      write(tables.variants, variantsMarkdown(single, together, read(tables.variants)));
  } else {
    const stale = killed.filter(isStale);
    for (const trial of stale)
      console.log(
        `✗ ${trial.name}: ${furtherOf(trial).join(', ') || 'nothing'} also failed, and ${tables.defects} says otherwise`,
      );
    if (stale.length > 0) {
      console.log(`If that is right: npm run self-test -- --write --only ${stale.map(({ name }) => name).join(',')}`);
      process.exitCode = 1;
    }
  }
  if ([...killed, ...single, ...together].some(({ fault }) => fault !== '')) process.exitCode = 1;
}

if (values.help) console.log(usage);
else if (unknown.length > 0) {
  console.error(`There is no defect or variant ${unknown.join(', ')}.\n\n${usage}`);
  process.exitCode = 2;
} else await main();
