import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type ConformanceResult, runConformance } from '../../../conformance/index.ts';
import type { Mock } from '../../../mock/index.ts';
import { root } from '../../generate/contract.ts';
import { type Defect, defects, spoilt } from './defects.ts';
import { type Figures, printFigures, writeFigures } from './figures.ts';
import { askForEveryExample } from './prism-examples.ts';
import { referee, startPrism } from './prism-proxy.ts';
import { withMock } from './serving.ts';

const usage = `npm run lab -- prism             judge the mock and the suite through Prism, and Prism's own mock
npm run lab -- prism --short  the same with two defects, and docs/ left alone`;

/** What Prism said of a run, and what was wrong with it: nothing, on a good day. */
export interface Judgement {
  readonly figures: Figures;
  readonly faults: readonly string[];
}

const judge = (url: string, world: string, only?: readonly string[]): Promise<ConformanceResult> =>
  runConformance({
    baseUrl: url,
    apiKey: `vit_apk_acme.${world}`,
    otherApiKey: `vit_apk_globex.${world}`,
    ...(only && { only }),
  });

/** The suite straight against the mock and through Prism: the same outcome of every rule, and no violation. */
async function judgeSuite(mock: Mock): Promise<Judgement> {
  const direct = await judge(mock.url, 'direct');
  const prism = await referee(mock.url);
  try {
    const refereed = await judge(prism.url, 'prism');
    const outcomes = ({ rules }: ConformanceResult) =>
      rules.map(({ id, level, outcome }) => `${id} ${level} ${outcome}`);
    const before = outcomes(direct);
    const around = [...prism.around].map(([reason, count]) => `${count} ${reason}`);
    const total = prism.through() + prism.around.values().reduce((sum, count) => sum + count, 0);
    return {
      figures: {
        'verdict directly': direct.verdict,
        'verdict through Prism': refereed.verdict,
        'rules with the same outcome': `${before.filter((line, index) => outcomes(refereed)[index] === line).length} of ${before.length}`,
        'exchanges through Prism': `${prism.through()} of ${total}`,
        'exchanges that Prism cannot carry': around.join(', ') || 'none',
        'violations found by Prism': prism.violations.length,
      },
      faults: [
        ...outcomes(refereed)
          .filter((line) => !before.includes(line))
          .map((line) => `only through Prism: ${line}`),
        ...(before.length === refereed.rules.length
          ? []
          : [`${refereed.rules.length} rules were judged through Prism`]),
        ...(direct.exitCode === 0 ? [] : [`directly the mock is ${direct.verdict}`]),
        ...prism.violations.map(({ exchange, finding }) => `violation in ${exchange}: ${finding}`),
      ],
    };
  } finally {
    await prism.close();
  }
}

/** Each defect must be noticed by the suite, without Prism, and by Prism. */
async function judgeDefects(mock: Mock, chosen: readonly Defect[]): Promise<Judgement> {
  const faults: string[] = [];
  for (const [index, defect] of chosen.entries()) {
    const target = await spoilt(mock, defect);
    const prism = await referee(target.url);
    try {
      const direct = await judge(target.url, `defect-${index}`, defect.rules);
      if (direct.exitCode !== 1) faults.push(`${defect.name}: the suite says ${direct.verdict}`);
      await judge(prism.url, `defect-${index}-prism`, defect.rules);
      if (prism.violations.length === 0) faults.push(`${defect.name}: Prism noticed nothing`);
    } finally {
      await prism.close();
      await target.close();
    }
  }
  const missed = new Set(faults.map((fault) => fault.split(':')[0])).size;
  return {
    figures: { 'schema defects noticed by Prism and the suite': `${chosen.length - missed} of ${chosen.length}` },
    faults,
  };
}

/** What a service without a memory cannot keep, of the rules that its mock is judged by. */
const needsMemory = 'ID-4 ID-5 GRP-2 GRP-4 GRP-5 GRP-6 GRP-10 GRP-12 PAGE-2 PAGE-5 PAGE-6 PAGE-8 PAGE-9'.split(' ');

/**
 * `npm run mock:prism`: every example of the contract comes out as it was written, and the suite finds just those rules
 * broken that need a memory.
 */
async function judgePrismMock(): Promise<Judgement> {
  const prism = await startPrism('mock', `${root}/spec/openapi.yaml`);
  try {
    const answers = await askForEveryExample(prism.url);
    const faults = answers
      .filter(({ status, body, expected }) => status !== expected.status || !isDeepStrictEqual(body, expected.body))
      .map(({ name, status, body }) => `${name}: Prism answers ${status} ${JSON.stringify(body)}`);
    const asWritten = answers.length - faults.length;
    const { rules, verdict } = await judge(prism.url, 'none', ['ID', 'GRP', 'PAGE', 'PLAN']);
    const broken = rules.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
    if (String(broken) !== String(needsMemory))
      faults.push(`mock:prism: the suite finds ${broken.join(' ') || 'nothing'} broken, not ${needsMemory.join(' ')}`);
    return {
      figures: {
        'examples served as written by mock:prism': `${asWritten} of ${answers.length}`,
        'mock:prism, which has no memory, is': `${verdict}: ${broken.join(', ')}`,
      },
      faults,
    };
  } finally {
    await prism.close();
  }
}

/** Everything that Prism is asked; the short form tries two defects. */
export async function refereeByPrism({ short }: { readonly short: boolean }): Promise<Judgement> {
  const parts = await withMock(async (mock) => [
    await judgeSuite(mock),
    await judgeDefects(mock, short ? defects.slice(0, 2) : defects),
    await judgePrismMock(),
  ]);
  return {
    figures: Object.assign({}, ...parts.map(({ figures }) => figures)),
    faults: parts.flatMap(({ faults }) => faults),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { short: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) console.log(usage);
  else {
    const { figures, faults } = await refereeByPrism({ short: values.short ?? false });
    console.log('Prism, a proxy that knows the contract:');
    printFigures(figures);
    for (const fault of faults) console.error(fault);
    process.exitCode = faults.length > 0 ? 1 : 0;
    if (!values.short && faults.length === 0) writeFigures('prism', 'Prism 5.16, `proxy --errors`', figures);
  }
}
