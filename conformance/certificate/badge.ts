import { markup } from '../report/page.ts';
import type { Certificate } from './certificate.ts';

const character = 6.6;
const padding = 9;

/** `badge.svg`: what was certified, and until when. Only the certificate proves anything. */
export function badgeSvg({ verdict, expiresAt, contract }: Certificate): string {
  const left = `Groups API ${contract.version}`;
  const right = `${verdict} · until ${expiresAt.slice(0, 10)}`;
  const widthOf = (text: string) => Math.round(text.length * character + 2 * padding);
  const [a, b] = [widthOf(left), widthOf(right)];
  const colour = verdict === 'conformant' ? '#1a7f37' : '#8a5a00';
  const text = (words: string, x: number) =>
    markup`<text x="${x}" y="14.5" textLength="${Math.round(words.length * character)}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return String(markup`<svg xmlns="http://www.w3.org/2000/svg" width="${a + b}" height="22" role="img" aria-label="${left}: ${right}">
<title>${left}: ${right}</title>
<clipPath id="round"><rect width="${a + b}" height="22" rx="4"/></clipPath>
<g clip-path="url(#round)"><rect width="${a}" height="22" fill="#3d444d"/><rect x="${a}" width="${b}" height="22" fill="${colour}"/></g>
<g fill="#fff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">${text(left, padding)}${text(right, a + padding)}</g>
</svg>
`);
}
