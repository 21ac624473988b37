import { expect, test } from 'vitest';
import { render, reportFormats } from './reports.ts';
import { emptyResult, resultOf } from './testing.ts';
import { remarksOf, verdictText } from './wording.ts';

const remarkable = {
  ...resultOf([]),
  verifiesTls: false,
  throttling: { answers: 3, milliseconds: 4200 },
  isSecondKeyOfSameOrganization: true,
};

test.each(reportFormats)(
  'the report %s says that TLS was not verified, that the run was throttled, and that a key is of no use',
  (format) => {
    const text = render(remarkable, format);
    for (const words of [
      'certificate of the target was not verified',
      'belongs to the same organization',
      'answered 429 3 times, and the run waited 4.2 s',
    ])
      if (format !== 'json') expect(text).toContain(words);
    if (format === 'json')
      expect(JSON.parse(text)).toMatchObject({
        verifiesTls: false,
        throttling: { answers: 3, milliseconds: 4200 },
        isSecondKeyOfSameOrganization: true,
      });
  },
);

test('a run without problems has no remarks', () => {
  expect(remarksOf(emptyResult)).toEqual([]);
  expect(remarksOf({ ...emptyResult, verifiesTls: true })).toEqual([]);
});

test('a run of a few rules is reported as passed or failed, never as conformant', () => {
  const only = ['LIFE-3', 'SYNC'];
  expect(verdictText({ ...emptyResult, only, verdict: 'conformant' })).toBe('passed: LIFE-3, SYNC');
  expect(verdictText({ ...emptyResult, only, verdict: 'conformant with warnings' })).toBe(
    'passed with warnings: LIFE-3, SYNC',
  );
  expect(verdictText({ ...emptyResult, only, verdict: 'non-conformant' })).toBe('non-conformant');
  expect(verdictText({ ...emptyResult, only: null, verdict: 'conformant' })).toBe('conformant');
});
