import type { Seen } from './exchange.ts';
import type { Judgement } from './judgement.ts';
import type { Memory } from './memory.ts';

/** Judges one exchange by itself and by earlier ones; yields nothing if the traffic does not show enough. */
export type Observation = (seen: Seen, memory: Memory) => Iterable<Judgement>;
