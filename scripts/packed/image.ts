import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, matchesGlob, relative } from 'node:path';
import { createInterface } from 'node:readline';

/** A build stage of the Dockerfile: its instructions, in order. */
type Stage = readonly { readonly name: string; readonly value: string }[];

/** The stages of a Dockerfile. Comments and continued lines are all of its syntax that is known here. */
export function stagesOf(dockerfile: string): Stage[] {
  const lines = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter(Boolean);
  const stages: Stage[number][][] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    else stages.at(-1)?.push({ name, value });
  }
  return stages;
}

/** Whether the build is given a file: .dockerignore leaves out everything, lets some back in, and takes some out again. */
export function isGiven(dockerignore: string, path: string): boolean {
  const patterns = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // Unlike a glob, an engine's asterisk stands for names with a leading dot, too.
  const names = path.split('/').map((_, index, all) =>
    all
      .slice(0, index + 1)
      .join('/')
      .replace(/^\./, ''),
  );
  const last = patterns.findLast((pattern) => names.some((name) => matchesGlob(name, pattern.replace(/^!/, ''))));
  return last?.startsWith('!') ?? true;
}

const valuesOf = (stage: Stage, name: string): string[] =>
  stage.filter((instruction) => instruction.name === name).map(({ value }) => value);

/**
 * What an engine would do with the Dockerfile, as far as it goes without one: the commands of the build stage run in a
 * folder that holds what the build is given, the final stage's files are laid out in another, and its program is asked
 * for its health there and told to stop. Throws with what went wrong. Returns the folder of the final stage.
 */
export async function rehearseImage(root: string, folder: string): Promise<string> {
  const [build = [], final = []] = stagesOf(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const dockerignore = readFileSync(join(root, '.dockerignore'), 'utf8');
  const kit = join(folder, 'build');
  cpSync(root, kit, {
    recursive: true,
    filter(source) {
      const path = relative(root, source).replaceAll('\\', '/');
      return path === '' || isGiven(dockerignore, path);
    },
  });
  for (const command of valuesOf(build, 'RUN')) {
    const { status } = spawnSync('sh', ['-c', command], { cwd: kit, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`RUN ${command} ended with ${status}`);
  }
  const image = join(folder, 'image');
  mkdirSync(image);
  for (const copy of valuesOf(final, 'COPY')) {
    const [, from, to] = /^--from=build \/kit\/(\S+) (\S+)$/.exec(copy) ?? [];
    if (from === undefined || to === undefined) throw new Error(`COPY ${copy} is not understood here`);
    cpSync(join(kit, from), join(image, to === './' ? basename(from) : to), { recursive: true });
  }
  await runImage(final, image);
  return image;
}

async function runImage(stage: Stage, image: string): Promise<void> {
  const settings = valuesOf(stage, 'ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=')));
  // Any free port; and on loopback, where a rehearsal belongs.
  const env = {
    ...Object.fromEntries(settings),
    PATH: process.env.PATH,
    GROUPS_MOCK_PORT: '0',
    GROUPS_MOCK_HOST: '127.0.0.1',
  };
  const [program = '', ...args] = JSON.parse(valuesOf(stage, 'ENTRYPOINT')[0] ?? '[]') as string[];
  const user = Number(valuesOf(stage, 'USER')[0]);
  const identity = process.getuid?.() === 0 ? { uid: user, gid: user } : {};
  const child = spawn(program, [...args, '--quiet'], {
    cwd: image,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...identity,
  });
  const exited = once(child, 'exit');
  try {
    const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    if (typeof url !== 'string') throw new Error('the program of the image did not start');
    const health = () => healthOf(stage, { cwd: image, env: { ...env, GROUPS_MOCK_PORT: new URL(url).port } });
    if (health() !== 0) throw new Error('the health check fails while the program runs');
    child.kill('SIGTERM');
    const [code] = await exited;
    if (code !== 0) throw new Error(`the program of the image ended with ${code} on SIGTERM`);
    if (health() !== 1) throw new Error('the health check does not fail although nothing runs');
  } finally {
    child.kill('SIGKILL');
  }
}

function healthOf(stage: Stage, options: { cwd: string; env: NodeJS.ProcessEnv }): number | null {
  const [, command = '[]'] = /CMD (\[.*\])$/.exec(valuesOf(stage, 'HEALTHCHECK')[0] ?? '') ?? [];
  const [program = '', ...args] = JSON.parse(command) as string[];
  return spawnSync(program, args, { ...options, stdio: 'inherit' }).status;
}
