import { Problem } from '../domain/problems.ts';
import { snapshotFormat } from '../store/snapshots.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';
import { describe } from './worlds.ts';

export const snapshotControl = ({ name, open, existing }: NamedWorld) => ({
  exportSnapshot: (): Schemas['Snapshot'] => ({
    format: snapshotFormat,
    world: name,
    tables: existing().store.snapshot.read() as Schemas['Snapshot']['tables'],
  }),

  /** Replaces the content of the world. Throws a Problem, and then changes nothing. */
  importSnapshot(snapshot: Schemas['Snapshot']): Schemas['World'] {
    check('Snapshot', snapshot);
    const { format, tables } = snapshot;
    if (format > snapshotFormat)
      throw new Problem(
        'conflict',
        'newer_snapshot',
        `format: expected at most ${snapshotFormat}, got ${format}; a newer kit wrote this snapshot.`,
      );
    const world = open();
    try {
      world.refill(() => world.store.snapshot.replace(tables));
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw new Problem('invalid', 'bad_snapshot', (error as Error).message);
    }
    return describe(world, name);
  },
});
