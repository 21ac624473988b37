import { joined, markup, reportPage } from '../report/page.ts';
import { areaOf } from '../rules/names.ts';
import type { Certificate } from './certificate.ts';
import { certificateDigest } from './certificate.ts';

const style = `
.seal { border: 1px solid var(--line); border-top: 6px solid currentColor; border-radius: 8px; padding: 1.2rem 1.4rem; background: var(--card); }
.seal dl, .seal h1, .seal p:not(.verdict) { color: var(--fg); }
table { width: 100%; border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
td:first-child { white-space: nowrap; } td:nth-child(2) { white-space: nowrap; font-weight: 600; }
@media print { tr { break-inside: avoid; } }
`;

/** `certificate.html`: the certificate to read and print. Only certificate.json can be verified. */
export function certificatePage(certificate: Certificate, keyid: string | undefined): string {
  const {
    implementation,
    target,
    verifiesTls,
    readings,
    verdict,
    contract,
    suite,
    issuedAt,
    expiresAt,
    endedAt,
    requests,
    counts,
    rules,
    evidence,
  } = certificate;
  const areas = [...Map.groupBy(rules, ({ id }) => areaOf(id))];
  const body = markup`
<header class="seal ${verdict === 'conformant' ? 'pass' : 'warn'}">
  <p class="dim">Certificate of conformance with the groups API contract</p>
  <h1><code>${target}</code></h1>
  <p class="verdict">${verdict}</p>
  <dl>
    <dt>Implementation</dt><dd>${implementation.name} ${implementation.version}, commit <code>${implementation.commit}</code></dd>
    <dt>TLS</dt><dd>${verifiesTls ? 'the certificate of the target was verified' : 'the connection was not encrypted'}</dd>
    <dt>Contract</dt><dd>${contract.version}<br><code>sha256:${contract.sha256}</code></dd>
    <dt>Rule parts</dt><dd>${rules.length}, all of the contract: ${counts.pass} pass, ${counts.warn} warn</dd>
    <dt>Judged</dt><dd><time>${endedAt}</time> by ${suite.name} ${suite.version}, ${requests} requests</dd>
    <dt>Issued</dt><dd><time>${issuedAt}</time></dd>
    <dt>Expires</dt><dd><strong><time>${expiresAt}</time></strong></dd>
    <dt>Evidence</dt><dd>${evidence.file}<br><code>sha256:${evidence.sha256}</code></dd>
    <dt>Certificate</dt><dd><code>sha256:${certificateDigest(certificate)}</code></dd>
    <dt>Signature</dt><dd>${keyid === undefined ? 'none' : markup`Ed25519, key <code>${keyid}</code>`}</dd>
  </dl>
  <p>This page proves nothing by itself. Check the certificate that lies beside it:
  <code>groups-conformance verify certificate.json${keyid === undefined ? '' : ' --public-key FILE'}</code></p>
</header>
<main>${joined(
    areas.map(
      ([
        area,
        own,
      ]) => markup`<section><h2>${area}</h2><table><thead><tr><th>Outcome</th><th>Rule</th><th>Statement</th></tr></thead><tbody>
${joined(own.map(({ id, level, outcome, statement }) => markup`<tr><td class="${outcome}">${outcome}</td><td>${id}${level === 'should' ? ' (should)' : ''}</td><td>${statement}</td></tr>\n`))}</tbody></table></section>`,
    ),
  )}
<section><h2>Readings of the open questions</h2><table><thead><tr><th>Question</th><th>Reading</th></tr></thead><tbody>
${joined(Object.entries(readings.questions).map(([question, reading]) => markup`<tr><td>${question}</td><td>${'value' in reading ? reading.value : reading.unseen}</td></tr>\n`))}</tbody></table></section></main>
<footer class="dim"><p>Issued by ${suite.name}, an independent project; not a statement of Vitable.</p></footer>`;
  return reportPage(`Certificate of conformance: ${target}`, style, body);
}
