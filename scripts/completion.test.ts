import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { profiles } from '../conformance/rules/names.ts';
import { faultProfiles } from '../mock/index.ts';
import { skipWithWarning } from '../mock/test-support/skip-with-warning.ts';

const programs = {
  'groups-mock': join(import.meta.dirname, '../mock/main.ts'),
  'groups-conformance': join(import.meta.dirname, '../conformance/main.ts'),
};
type Program = keyof typeof programs;

const scripts = new Map<string, string>();

/** The completion script that a program prints for a shell. */
function scriptOf(program: Program, shell: string): string {
  const known = scripts.get(`${program} ${shell}`);
  if (known !== undefined) return known;
  const { status, stdout } = spawnSync(process.execPath, [programs[program], 'completion', shell], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  scripts.set(`${program} ${shell}`, stdout);
  return stdout;
}

/** The commands that make a shell print its suggestions for the last of these words. */
const asked: Readonly<Record<string, (program: Program, words: readonly string[]) => string>> = {
  bash: (program, words) => `compopt() { :; }
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length - 1}
    _${program.replace('-', '_')}; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // zsh's own compadd needs a terminal; this replacement prints its arguments.
  zsh: (program, words) => `compadd() { shift; print -l -- "$@" }
    _describe() { print -l -- "\${(@)\${(P@)@[-1]}%%:*}" }
    words=(${words.map((word) => `'${word}'`).join(' ')}) CURRENT=${words.length}
    _${program.replace('-', '_')}`,
  fish: (_, words) => `complete -C '${words.join(' ')}' | string replace -r '\\t.*' ''`,
};

function offered(context: TestContext, shell: string, program: Program, typed: string): string[] {
  const path = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => join(folder, shell))
    .find(existsSync);
  if (path === undefined) return skipWithWarning(context, `${shell} is not installed`);
  const setup = shell === 'zsh' ? 'compdef() { : }\n' : '';
  const script = `${setup}${scriptOf(program, shell)}\n${(asked[shell] as (typeof asked)[string])(program, [program, ...typed.split(' ')])}`;
  const { stdout, stderr } = spawnSync(path, [...(shell === 'bash' ? ['--norc'] : []), '-c', script], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

test('bash completes a choice after an equals sign, and both scripts work together', (context) => {
  scriptOf('groups-mock', 'bash');
  scripts.set('groups-mock bash', `${scriptOf('groups-conformance', 'bash')}\n${scriptOf('groups-mock', 'bash')}`);
  expect(offered(context, 'bash', 'groups-mock', '--faults = fl')).toEqual(['flaky']);
});

describe.each(Object.keys(asked))('%s', (shell) => {
  test('offers options and commands', (context) => {
    expect(offered(context, shell, 'groups-mock', '--')).toEqual(expect.arrayContaining(['--faults', '--sync-delay']));
    expect(offered(context, shell, 'groups-mock', '')).toContain('journal');
  });

  test('offers the choices of an option', (context) => {
    expect(offered(context, shell, 'groups-mock', '--log --faults ').toSorted()).toEqual(
      Object.keys(faultProfiles).sort(),
    );
    expect(offered(context, shell, 'groups-conformance', '--profile ').toSorted()).toEqual([...profiles].sort());
  });

  test('offers the options of a command after its name', (context) => {
    const words = offered(context, shell, 'groups-mock', 'journal --');
    expect(words).toContain('--world');
    expect(words).not.toContain('--faults');
    expect(offered(context, shell, 'groups-conformance', 'completion ')).toEqual(
      expect.arrayContaining(['bash', 'zsh', 'fish']),
    );
  });

  test('offers the commands below a command, and their options', (context) => {
    const words = offered(context, shell, 'groups-mock', 'clock ');
    expect(words).toEqual(expect.arrayContaining(['freeze', 'advance', 'resume']));
    expect(words).not.toContain('journal');
    expect(offered(context, shell, 'groups-mock', 'fault add --')).toContain('--probability');
    expect(offered(context, shell, 'groups-mock', 'fault add --cut ').toSorted()).toEqual(['body', 'connection']);
  });

  test('offers nothing for a value that it cannot know', (context) => {
    expect(offered(context, shell, 'groups-mock', '--port ')).toEqual([]);
  });
});
