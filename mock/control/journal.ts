import { advise } from '../advisor/advise.ts';
import type { NamedWorld, Schemas } from './named-world.ts';

export const journalControl = ({ name, existing }: NamedWorld) => ({
  /** What was recorded after the entry of that number, the oldest first. */
  readJournal: ({ after = 0 }: { readonly after?: number } = {}): Schemas['Journal'] => existing().journal.read(after),

  /** What the journal shows of the clients; ask when they are done. */
  advise: (): Schemas['Advice'] => advise(name, existing().journal.read()),

  clearJournal(): Schemas['Journal'] {
    const { journal, recordings } = existing();
    journal.clear();
    recordings?.clear(name);
    return journal.read();
  },
});
