import { expect, test } from 'vitest';
import { htmlReport } from './html.ts';
import { emptyResult, fiveChecks, resultOf } from './testing.ts';

const page = htmlReport(resultOf(fiveChecks));

test('nothing that the target answered becomes markup', () => {
  for (const text of [page, htmlReport(emptyResult)]) {
    expect(text).not.toMatch(/<img|<script|onerror=alert\(1\)>/);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(text).not.toMatch(/[\u0000-\u0008\u001b]/);
  }
});

test('it loads nothing, and its policy forbids loading', () => {
  expect(page).toMatch(
    /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
  );
  expect(page).not.toMatch(/\s(src|action|srcset)=["']|\shref=["'](?!#)/);
  expect(page).not.toMatch(/url\(|@import/);
});

test('it can be filtered by each of the five outcomes, which keep their counts', () => {
  for (const outcome of ['pass', 'fail', 'warn', 'skipped', 'error']) {
    expect(page).toContain(`id="only-${outcome}"`);
    expect(page).toContain(`>${outcome} 1</label>`);
    expect(page).toContain(`class="rule is-${outcome}"`);
  }
});

test('it begins with what is broken, and each broken rule is one click away', () => {
  const [before] = page.split('<fieldset');
  for (const anchor of ['GRP-1', 'GRP-1-should']) {
    expect(before).toContain(`href="#${anchor}"`);
    expect(page).toContain(`<details id="${anchor}"`);
  }
  expect(before).not.toContain('AUTH-1');
});

test('a run that judged nothing says why', () => {
  expect(htmlReport(emptyResult)).toContain('cannot be reached');
});
