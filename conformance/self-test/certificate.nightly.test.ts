import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { runCli } from './command-line.ts';

// docs/certificate.md, whose commands every `npm test` runs, does the same without the alterations.
test('a certificate is issued, signed and verified, and refused once its evidence is altered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groups-conformance-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const mock = await startMock({ port: 0, progress: { after: 'delay', ms: 0 } });
  onTestFinished(() => mock.close());
  const [out, keys] = [join(folder, 'certificate'), join(folder, 'keys')];
  expect((await runCli(['keygen', '--out', keys])).code).toBe(0);
  expect((await runCli(['keygen', '--out', keys])).code).toBe(2);
  const target = [
    '--base-url',
    mock.url,
    '--other-api-key',
    'vit_apk_globex',
    ...['--implementation', 'mock', '--implementation-version', '1', '--implementation-commit', '0a1b2c3'],
  ];
  const certify = await runCli([
    'certify',
    ...target,
    '--out',
    out,
    '--private-key',
    join(keys, 'certificate-key.pem'),
  ]);
  expect(certify.out).toContain('Certificate written');
  expect(certify.code).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['badge.svg', 'certificate.html', 'certificate.json', 'evidence.har']);

  const verify = ['verify', join(out, 'certificate.json'), '--public-key', join(keys, 'certificate-key.pub.pem')];
  expect(await runCli(verify)).toMatchObject({
    code: 0,
    out: expect.stringContaining('The certificate is valid.') as string,
  });
  const unsigned = await runCli(['certify', ...target, '--out', out]);
  expect(unsigned).toMatchObject({ code: 2, err: expect.stringContaining('is signed') as string });
  const evidence = readFileSync(join(out, 'evidence.har'), 'utf8');
  expect(evidence).not.toMatch(/vit_apk_(acme|globex)/);
  writeFileSync(join(out, 'evidence.har'), evidence.replace('"status": 201', '"status": 200'));
  expect(await runCli(verify)).toMatchObject({
    code: 1,
    out: expect.stringContaining('evidence was altered') as string,
  });
  rmSync(join(out, 'evidence.har'));
  expect((await runCli(verify)).out).toMatch(/\nThe certificate is not valid\.\n$/);
  expect((await runCli([...verify, '--without-evidence'])).code).toBe(0);
}, 180_000);
