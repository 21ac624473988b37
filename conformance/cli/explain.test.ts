import { expect, test } from 'vitest';
import { mistakes } from '../../generated/mistakes.ts';
import { rules } from '../../generated/rules.ts';
import { checks } from '../rules/checks.ts';
import { isRule } from '../rules/names.ts';
import { explanation } from './explain.ts';

test('every rule is explained: what it says, why, how it is checked, what breaks it', () => {
  for (const id of Object.keys(rules).filter(isRule)) {
    const text = explanation(id, checks);
    expect(text).not.toMatch(/undefined/);
    expect(text).toContain(rules[id].statement);
    expect(mistakes[id], id).not.toEqual([]);
    for (const part of ['\nWhy\n', '\nSource\n', '\nChecks\n', mistakes[id][0]]) expect(text).toContain(part);
  }
});
