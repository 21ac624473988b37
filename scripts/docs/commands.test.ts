import { expect, test } from 'vitest';
import { testCommands, withCommands, withWholeSuite } from './commands.ts';
import { type Block, blocksOf } from './documents.ts';
import { prints } from './session.ts';

test.for(withCommands)('every block of commands in %s is marked as run or not run', (document) => {
  const isClear = ({ marker = '' }: Block) => /^(run(: server|: exit \d+)?|not run: .+)$/.test(marker);
  const unclear = blocksOf(document).filter((block) => !isClear(block));
  expect(unclear, 'put <!-- run --> or <!-- not run: why --> above it, see CONTRIBUTING.md').toEqual([]);
});

test('the documents that are run every night have commands', () => {
  expect(withCommands).toEqual(expect.arrayContaining(withWholeSuite));
});

testCommands(withCommands.filter((document) => !withWholeSuite.includes(document)));

test('output matches a document if its lines are there in order, whatever is between them and whatever was measured', () => {
  const output = 'one\n86 rule parts. 1240 requests in 11.4 s.\ntwo grp_abc three\n';
  expect(prints(output, '86 rule parts. 1313 requests in 6.8 s.\ntwo … three')).toBe(true);
  expect(prints(output, '85 rule parts. 1313 requests in 6.8 s.')).toBe(false);
  expect(prints(output, 'two … three\none')).toBe(false);
});
