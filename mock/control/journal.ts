import { advise } from '../advisor/advise.ts';
import type { NamedWorld, Schemas } from './named-world.ts';

export const journalControl = ({ name, stored, existing }: NamedWorld) => ({
  /** The entries after the entry with number `after`, oldest first. */
  readJournal: ({ after = 0 }: { readonly after?: number } = {}): Schemas['Journal'] => {
    const journal = existing().journal.read(after);
    if (name === stored) return journal;
    return { ...journal, exchanges: journal.exchanges.map((exchange) => ({ ...exchange, world: name })) };
  },

  /** Judges the clients by the journal; call it after they have finished. */
  advise: (): Schemas['Advice'] => advise(name, existing().journal.read()),

  clearJournal(): Schemas['Journal'] {
    const { journal, recordings } = existing();
    journal.clear();
    recordings?.clear(stored);
    return journal.read();
  },
});
