import { gravest } from '../../../conformance/contract/change.ts';
import { compareDocuments } from '../../../conformance/contract/comparison.ts';
import { flagsOf } from '../../flags.ts';
import { judgeContents } from './contents.ts';
import { families } from './families.ts';
import { type IsBreaking, judgeFamily } from './oracle.ts';

const usage = `node scripts/gate/oracle/run.ts [--pairs 20000] [--seed 1] [--family NAME]

Draws pairs of schemas for every relation of the comparison and compares its verdicts, in both directions and for requests and
answers, with a validator's results. Exit code 1 if a step was not called breaking although a counterexample exists.`;

const isBreaking: IsBreaking = (_, before, after) => gravest(compareDocuments(before, after)) === 'breaking';

const { pairs, seed, family } = flagsOf(usage, {
  pairs: { type: 'string', default: '20000' },
  seed: { type: 'string', default: '1' },
  family: { type: 'string' },
});
const contents = 'media types and ranges';
const chosen = [...Object.keys(families), contents].filter((name) => family === undefined || name === family);
const each = Math.ceil(Number(pairs) / chosen.length);
const sum = { pairs: 0, disagreements: 0 };
console.log(
  '| relation | pairs | fine | breaking, shown by a value | breaking, no value found | disagreements |\n| --- | --- | --- | --- | --- | --- |',
);
for (const name of chosen) {
  const judge = name === contents ? judgeContents : judgeFamily.bind(undefined, name);
  const { tally, disagreements } = judge(each, Number(seed), isBreaking);
  sum.pairs += tally.pairs;
  sum.disagreements += disagreements.length;
  console.log(`| ${[name, tally.pairs, tally.fine, tally.shown, tally.cautious, disagreements.length].join(' | ')} |`);
  const smallest = disagreements.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length).slice(0, 3);
  for (const one of smallest) console.error(JSON.stringify(one));
}
console.log(`\n${sum.pairs} pairs, ${sum.pairs * 4} steps judged, ${sum.disagreements} disagreements (seed ${seed}).`);
process.exitCode = sum.disagreements > 0 ? 1 : 0;
