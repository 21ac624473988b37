import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractsOf, type Fixture, fixtureFiles, readFixtures } from './fixtures.ts';

const help = `npm run lab -- oasdiff

Judges every OpenAPI fixture of the gate with oasdiff, an independent program, and lists where it disagrees on what breaks.
Needs it on the path, or its file in OASDIFF:  go install github.com/oasdiff/oasdiff@latest`;

/** Levels of oasdiff: 3 ERR breaks, 2 WARN may break, 1 INFO does not. */
interface Finding {
  readonly id: string;
  readonly level: 1 | 2 | 3;
}

const program = process.env['OASDIFF'] ?? 'oasdiff';
const folder = mkdtempSync(join(tmpdir(), 'referee-'));

function findings(fixture: Fixture): readonly Finding[] | string {
  const files = contractsOf(fixture).map(({ openapi }, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(openapi));
    return file;
  });
  const flags = ['--format', 'json', '--flatten-allof', '--flatten-params', '--auto-upgrade'];
  const { stdout, stderr, error } = spawnSync(program, ['changelog', ...files, ...flags], { encoding: 'utf8' });
  if (error) throw new Error(`${program} did not start (${error.message}).\n\n${help}`);
  return stdout === '' ? stderr.trim() : (JSON.parse(stdout) as Finding[]);
}

const counts = { agrees: 0, disagrees: 0, refused: 0 };
const lines: string[] = [];
try {
  for (const fixture of fixtureFiles.flatMap(readFixtures)) {
    if (fixture.in === 'rules' || fixture.in === 'quirks') continue;
    const found = findings(fixture);
    if (typeof found === 'string') {
      counts.refused += 1;
      lines.push(`| ${fixture.name} (${fixture.in}) | ${fixture.verdict} | refused: ${found.split('\n')[0]} |`);
      continue;
    }
    const isBreaking = found.some(({ level }) => level >= 2);
    if (isBreaking === (fixture.verdict === 'breaking')) counts.agrees += 1;
    else {
      counts.disagrees += 1;
      const says =
        found.map(({ id, level }) => `${['', 'INFO', 'WARN', 'ERR'][level]} ${id}`).join(', ') || 'no change';
      lines.push(`| ${fixture.name} (${fixture.in}) | ${fixture.verdict} | ${says} |`);
    }
  }
  console.log('| pair | gate | oasdiff |\n| --- | --- | --- |');
  console.log(lines.join('\n'));
  console.log(`\n${counts.agrees} agree on what breaks, ${counts.disagrees} do not, ${counts.refused} refused.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true });
}
