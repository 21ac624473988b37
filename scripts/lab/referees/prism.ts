import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type ConformanceResult, runConformance } from '../../../conformance/index.ts';
import type { Mock } from '../../../mock/index.ts';
import { root } from '../../generate/contract.ts';
import { installLab } from '../install.ts';
import { type SchemaDefect, schemaDefects, spoilt } from './defects.ts';
import { type Figures, printFigures, writeFigures } from './figures.ts';
import { askForEveryExample } from './prism-examples.ts';
import { referee, startPrism } from './prism-proxy.ts';
import { withMock } from './serving.ts';

const usage = `npm run lab -- prism             check the mock and the suite with Prism, and Prism's own mock with the suite
npm run lab -- prism --short  the same with one defect; writes nothing`;

/** The figures of a run, and the faults found in it. */
export interface RefereeResult {
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

/** Runs the suite on the mock directly and through Prism: every rule must have the same outcome, without violations. */
async function judgeSuite(mock: Mock): Promise<RefereeResult> {
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

/** The suite (without Prism) and Prism must both notice each defect. */
async function judgeDefects(mock: Mock, chosen: readonly SchemaDefect[]): Promise<RefereeResult> {
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

/** The rules that a stateless server cannot keep. */
const needsMemory = 'ID-4 ID-5 GRP-2 GRP-4 GRP-5 GRP-6 GRP-8 GRP-10 GRP-12 PAGE-2 PAGE-5 PAGE-6 PAGE-8 PAGE-9'.split(
  ' ',
);

/**
 * `npm run mock:prism` must serve every example of the contract as written, and break only the rules that need state.
 */
async function judgePrismMock(): Promise<RefereeResult> {
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
        'verdict on mock:prism, which is stateless': `${verdict}: ${broken.join(', ')}`,
      },
      faults,
    };
  } finally {
    await prism.close();
  }
}

/** Runs all checks with Prism; the short form tries one defect. */
export async function refereeByPrism({ short }: { readonly short: boolean }): Promise<RefereeResult> {
  await installLab();
  const parts = await withMock(async (mock) => [
    await judgeSuite(mock),
    await judgeDefects(mock, short ? schemaDefects.slice(0, 1) : schemaDefects),
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
    console.log('Prism, a proxy that validates against the contract:');
    printFigures(figures);
    for (const fault of faults) console.error(fault);
    process.exitCode = faults.length > 0 ? 1 : 0;
    if (!values.short && faults.length === 0) writeFigures('prism', 'Prism 5.16, `proxy --errors`', figures);
  }
}
