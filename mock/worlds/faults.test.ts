import { expect, test } from 'vitest';
import { faultProfiles } from '../domain/faults.ts';
import { Faults } from './faults.ts';

const requests = Array.from({ length: 200 }, (_, index) => index);

/** The numbers of the requests to which the profile `flaky` does something, in a new world with this name. */
function faultyRequests(world: string): number[] {
  const faults = new Faults(world);
  for (const fault of faultProfiles.flaky?.faults ?? []) faults.add(fault);
  return requests.filter(() => faults.next('listGroups') !== undefined);
}

test('flaky fails a tenth of the requests in each of 20 worlds, at other positions in each', () => {
  const positions = requests.slice(0, 20).map((index) => faultyRequests(`test-${index}`));
  const share = positions.flat().length / (20 * requests.length);
  expect(share).toBeGreaterThan(0.085);
  expect(share).toBeLessThan(0.115);
  for (const one of positions) {
    expect(one.length / requests.length).toBeGreaterThan(0.02);
    expect(one.length / requests.length).toBeLessThan(0.2);
  }
  expect(new Set(positions.map((one) => one.join())).size).toBe(20);
  const starts = positions.map(([first]) => first);
  expect(new Set(starts).size).toBeGreaterThan(5);
});

test('a world fails at the same requests in every run, and after its faults are cleared', () => {
  expect(faultyRequests('pr-7')).toEqual(faultyRequests('pr-7'));
  const faults = new Faults('pr-7');
  const positions = () => {
    faults.clear();
    faults.add({ status: 503, probability: 0.3 });
    return requests.filter(() => faults.next('listGroups') !== undefined);
  };
  expect(positions()).toEqual(positions());
});

test('a seed selects the same requests in every world', () => {
  const positions = (world: string, seed: number) => {
    const faults = new Faults(world);
    faults.add({ status: 503, probability: 0.3, seed });
    return requests.filter(() => faults.next('listGroups') !== undefined);
  };
  expect(positions('a', 7)).toEqual(positions('b', 7));
  expect(positions('a', 7)).not.toEqual(positions('a', 8));
});
