import { parseArgs } from 'node:util';
import { defects } from './catalogue.ts';
import { tryDefect } from './trial.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean' } } });
const chosen = values.only ? defects.filter((d) => values.only?.split(',').includes(d.name)) : defects;
for (const d of chosen) {
  const t = await tryDefect(d);
  console.log(t.fault ? 'XX' : 'ok', d.name, '|', t.failed.join(' '), '|', t.unmet, t.verdict, '|', t.fault);
  if (values.verbose || t.fault)
    for (const r of t.result.rules)
      for (const c of r.checks)
        if (c.message && (values.verbose || t.unexplained.length || t.stale.length))
          console.log('     ', c.rule, c.title, '--', c.message.slice(0, 200), c.received?.slice(0, 100));
}
