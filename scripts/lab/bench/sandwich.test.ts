import { expect, test } from 'vitest';
import { median, sandwich, Unsteady } from './sandwich.ts';

/** Simulates a machine whose speed changes by a factor from slice to slice. */
function machine(rates: Readonly<Record<string, number>>, factors: (slice: number) => number = () => 1) {
  let slices = 0;
  const measured: string[] = [];
  const measure = async ({ name }: { readonly name: string }) => {
    measured.push(name);
    return { rate: (rates[name] as number) * factors(slices++) };
  };
  return { measured, measure };
}

const subjects = [{ name: 'base' }, { name: 'control' }, { name: 'mock' }] as const;

test('every slice of a subject is measured between two slices of the base', async () => {
  const { measured, measure } = machine({ base: 100, control: 100, mock: 50 });
  const { control, compared } = await sandwich(subjects, 2, measure);
  expect(measured.join(' ')).toBe('base control base mock base control base mock base');
  expect(control).toBe(1);
  expect(compared).toMatchObject([{ name: 'mock', ratios: [0.5, 0.5] }]);
});

test('a machine that slows down steadily changes the ratios little', async () => {
  const { measure } = machine({ base: 100, control: 100, mock: 50 }, (slice) => 0.97 ** slice);
  const { compared } = await sandwich(subjects, 6, measure);
  expect(median(compared[0]?.ratios ?? [])).toBeCloseTo(0.5, 2);
});

test('a run whose control differs from the base is repeated and finally rejected', async () => {
  const { measured, measure } = machine({ base: 100, control: 80, mock: 50 });
  await expect(sandwich(subjects, 2, measure, 3)).rejects.toThrow(Unsteady);
  expect(measured).toHaveLength(27);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});
