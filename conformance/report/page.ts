import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** Markup whose values are escaped. */
export type Markup = ReturnType<typeof raw>;
/** Escapes every value of the template except markup. */
export const markup = html as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;
/** Concatenates pieces of markup. */
export const joined = (parts: readonly Markup[]): Markup => raw(parts.join(''));

/** The common style of all pages, for light and dark, phone and paper. */
const baseStyle = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --dim: #57606a; --line: #d5dae0; --card: #f6f8fa;
  --pass: #1a7f37; --fail: #c5221f; --warn: #8a5a00; --skipped: #57606a; --error: #8c3bb9; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1318; --fg: #e4e8ed; --dim: #9aa4af; --line: #313a44; --card: #181e25;
  --pass: #56c271; --fail: #ff7b72; --warn: #e3b341; --skipped: #9aa4af; --error: #d2a1f0; --accent: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--bg); color: var(--fg);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; } a { color: var(--accent); } .dim { color: var(--dim); }
code, pre { font: .85em/1.45 ui-monospace, monospace; } code { overflow-wrap: anywhere; }
pre { margin: .3rem 0; padding: .6rem .7rem; background: var(--bg); border: 1px solid var(--line); border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .8rem 0; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.verdict { display: inline-block; margin: .4rem 0; padding: .3rem .9rem; border: 2px solid currentColor; border-radius: 999px;
  font-weight: 650; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .warn { color: var(--warn); } .skipped { color: var(--skipped); }
.error { color: var(--error); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
@media print { :root { color-scheme: light; --bg: #fff; --fg: #000; --card: #fff; --line: #bbb; --dim: #444;
  --pass: #1a7f37; --fail: #c5221f; --warn: #8a5a00; --error: #8c3bb9; --skipped: #444; } body { max-width: none; padding: 0; font-size: 11pt; } }
`;

/**
 * A self-contained page without scripts. It loads nothing, and its policy forbids everything except its own style, so
 * that content from a target cannot do anything.
 */
export function reportPage(title: string, style: string, body: Markup): string {
  const css = `${baseStyle}${style}`;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(css)}</style>
</head>
<body>
${body}
</body>
</html>
`);
}
