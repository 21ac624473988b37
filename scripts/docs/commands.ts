import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';
import { type Block, blocksOf, documents } from './documents.ts';
import { DocumentSession, prints } from './session.ts';

const isRun = ({ marker = '' }: Block) => marker.startsWith('run');

export const withCommands = documents.filter((document) => blocksOf(document).length > 0);

/** Their commands run the whole suite, which takes long: they are run every night, and for each change beside the other tests. */
export const withWholeSuite = ['README.md', 'docs/certificate.md', 'docs/conformance.md', 'docs/troubleshooting.md'];

/** Runs the commands of documents side by side, and compares what they print. */
export function testCommands(chosen: readonly string[]): void {
  const missing = ['bash', 'curl'].filter((program) => spawnSync(program, ['--version']).status !== 0);
  if (missing.length > 0) console.warn(`Skipped: the commands of the documents: ${missing.join(' and ')} not found.`);

  describe.skipIf(missing.length > 0).concurrent('commands', () => {
    test.for(chosen.filter((document) => blocksOf(document).some(isRun)))(
      'those of %s work as described',
      { timeout: 180_000 },
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
}
