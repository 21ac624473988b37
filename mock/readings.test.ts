import { describe, expect, test } from 'vitest';
import { quirks } from '../generated/quirks.ts';
import { parseQuirks } from './domain/quirks.ts';
import { parseReadings } from './readings.ts';

const report = (questions: object, syncMilliseconds: unknown = null): string =>
  JSON.stringify({ readings: { questions, syncMilliseconds } });

describe('readings of a report', () => {
  for (const [name, { values }] of Object.entries(quirks))
    test(`every value of ${name} becomes a setting of the mock`, () => {
      for (const { value } of values) {
        const settings = parseReadings(report({ [name]: { value, evidence: 1 } })).quirks;
        expect(parseQuirks(settings)).toMatchObject({ [name]: value });
      }
    });

  test('what was not seen sets nothing, and the measured duration is rounded', () => {
    const text = report(
      { phone: { unseen: 'not seen' }, 'list-order': { value: 'newest-first', evidence: 2 } },
      1234.4,
    );
    expect(parseReadings(text)).toEqual({ quirks: [], notes: [], syncDelay: 1234 });
  });

  test('an unknown question and a reading that the mock cannot do are named and set nothing', () => {
    const questions = { colour: { value: 'red' }, 'list-order': { value: 'other' }, overlap: { value: 'other' } };
    expect(parseReadings(report(questions))).toEqual({
      quirks: [],
      notes: [
        'colour is a question that this version does not know',
        'list-order is "other" there, and the mock can only do newest-first',
        'overlap is "other" there, and the mock can only do queue, reject',
      ],
    });
  });

  test('a text without readings is refused', () => {
    expect(() => parseReadings(report({}, 'soon'))).toThrow(/syncMilliseconds is "soon"/);
    expect(() => parseReadings('{}')).toThrow(/it has no readings/);
    expect(() => parseReadings('no')).toThrow(/it is not JSON/);
  });
});
