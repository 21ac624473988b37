import { parseArgs } from 'node:util';
import { defects } from './catalogue.ts';
import { type Trial, tryDefect } from './trial.ts';

const usage = `npm run self-test                    the suite on every defect; fails where one is not noticed
npm run self-test -- --only a,b      only these defects
npm run self-test -- --strict        fails, too, where a rule fails that the defect does not explain`;

const { values } = parseArgs({
  options: { only: { type: 'string' }, strict: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !defects.some((defect) => defect.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no defect ${unknown.join(', ')}.\n\n${usage}`);
  process.exit(2);
}

const chosen = defects.filter(({ name }) => wanted?.includes(name) ?? true);
const trials: Trial[] = [];
for (const defect of chosen) {
  const trial = await tryDefect(defect);
  trials.push(trial);
  const { failed, verdict, fault } = trial;
  const columns = [defect.name.padEnd(36), defect.breaks.join(' '), failed.join(' ') || 'none', verdict];
  console.log(
    `${fault === '' ? '✓' : isNoticed(trial) ? '~' : '✗'} ${columns.join(' | ')}${fault && `\n    ${fault}`}`,
  );
}

const noticed = trials.filter(isNoticed);
const exact = trials.filter(({ fault }) => fault === '');
const percent = ((100 * noticed.length) / trials.length).toFixed(1);
console.log(`
${noticed.length} of ${trials.length} defects noticed by every rule that they break: ${percent} %.
${exact.length} of them exactly so, with no further rule that the defect does not explain.`);
process.exitCode = noticed.length < trials.length || (values.strict && exact.length < trials.length) ? 1 : 0;

/** Whether every rule that the defect breaks failed, and nothing broke in the kit. */
function isNoticed({ missed, result }: Trial): boolean {
  return missed.length === 0 && result.rules.every(({ outcome }) => outcome !== 'error');
}
