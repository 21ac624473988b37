import { expect, onTestFinished, test } from 'vitest';
import { faultProfiles } from '../domain/faults.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { Faults } from './faults.ts';

const requests = Array.from({ length: 200 }, (_, index) => index);

function openFaults(world: string, store = openSqliteStore()): Faults {
  onTestFinished(() => store.close());
  return new Faults(world, store.faults);
}

/** The numbers of the requests to which the profile `flaky` does something, in a new world with this name. */
function faultyRequests(world: string): number[] {
  const faults = openFaults(world);
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
  const faults = openFaults('pr-7');
  const positions = () => {
    faults.clear();
    faults.add({ status: 503, probability: 0.3 });
    return requests.filter(() => faults.next('listGroups') !== undefined);
  };
  expect(positions()).toEqual(positions());
});

test('faults go on in the same way after they were loaded from the store at any request', () => {
  const store = openSqliteStore();
  const [steady, restarted] = [openFaults('pr-7'), openFaults('pr-7', store)];
  for (const faults of [steady, restarted])
    for (const fault of [{ status: 503, probability: 0.2, times: 9 }, ...(faultProfiles.flaky?.faults ?? [])])
      faults.add(fault);
  let current = restarted;
  const after = (faults: Faults) => [faults.next('listGroups'), faults.list()];
  for (const index of requests) {
    if (index % 7 === 0) {
      current = openFaults('pr-7', store);
      current.load();
      current.load();
    }
    expect(after(current)).toEqual(after(steady));
  }
  expect(steady.list().map(({ id }) => id)).toEqual(['fault-2', 'fault-3', 'fault-4']);
  for (const fault of steady.list()) expect(fault.happened).toBeGreaterThan(0);
});

test('a fault id is not issued again after the fault was removed, all were cleared, or both were loaded', () => {
  const store = openSqliteStore();
  const faults = openFaults('pr-7', store);
  for (let round = 0; round < 2; round++) faults.remove(faults.add({ status: 503 }).id);
  faults.clear();
  const loaded = openFaults('pr-7', store);
  loaded.load();
  expect(loaded.add({ status: 503 }).id).toBe('fault-3');
});

test('a seed selects the same requests in every world', () => {
  const positions = (world: string, seed: number) => {
    const faults = openFaults(world);
    faults.add({ status: 503, probability: 0.3, seed });
    return requests.filter(() => faults.next('listGroups') !== undefined);
  };
  expect(positions('a', 7)).toEqual(positions('b', 7));
  expect(positions('a', 7)).not.toEqual(positions('a', 8));
});
