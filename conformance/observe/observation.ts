import type { Seen } from './exchange.ts';
import type { Judgement } from './judgement.ts';
import type { Memory } from './memory.ts';

/** Looks at one exchange with what was seen before; yields nothing if the traffic does not tell. */
export type Observation = (seen: Seen, memory: Memory) => Iterable<Judgement>;
