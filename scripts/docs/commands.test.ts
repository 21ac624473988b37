import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type Block, blocksOf, documents } from './documents.ts';
import { DocumentSession, prints } from './session.ts';

const isRun = ({ marker = '' }: Block) => marker.startsWith('run');
const withCommands = documents.filter((document) => blocksOf(document).length > 0);

const missing = ['bash', 'curl'].filter((program) => spawnSync(program, ['--version']).status !== 0);
if (missing.length > 0) console.warn(`Skipped: the commands of the documents: ${missing.join(' and ')} not found.`);

test.for(withCommands)('every block of commands in %s is marked as run or not run', (document) => {
  const isClear = ({ marker = '' }: Block) => /^(run(: server|: exit \d+)?|not run: .+)$/.test(marker);
  const unclear = blocksOf(document).filter((block) => !isClear(block));
  expect(unclear, 'put <!-- run --> or <!-- not run: why --> above it, see CONTRIBUTING.md').toEqual([]);
});

describe.skipIf(missing.length > 0).concurrent('commands', () => {
  test.for(withCommands.filter((document) => blocksOf(document).some(isRun)))(
    'those of %s work as described',
    {
      timeout: 180_000,
    },
    async (document, context) => {
      const session = new DocumentSession();
      context.onTestFinished(() => session.close());
      for (const block of blocksOf(document).filter(isRun)) {
        const { output, code } = await session.run(block);
        const [, exit = '0'] = /^run: exit (\d+)$/.exec(block.marker ?? '') ?? [];
        const expected = block.marker === 'run: server' ? null : Number(exit);
        context.expect(code, `${block.commands}\n\n${output}`).toBe(expected);
        if (!prints(output, block.printed)) context.expect(output, block.commands).toBe(block.printed);
      }
    },
  );
});

test('output matches a document if its lines are there in order, whatever is between them and whatever was measured', () => {
  const output = 'one\n86 rule parts. 1240 requests in 11.4 s.\ntwo grp_abc three\n';
  expect(prints(output, '86 rule parts. 1313 requests in 6.8 s.\ntwo … three')).toBe(true);
  expect(prints(output, '85 rule parts. 1313 requests in 6.8 s.')).toBe(false);
  expect(prints(output, 'two … three\none')).toBe(false);
});
