import type { MockOptions } from '../../../../mock/index.ts';

/** Options of a mock that is one process, with the reason why replicas cannot have them. */
export const excludedOptions: Partial<Record<keyof MockOptions, string>> = {
  data: 'worlds are in the database, not in a folder',
  deterministic: 'replicas that race cannot repeat ids',
  rateLimit: 'each process would count for itself',
  observe: 'calls back in the process of the mock',
};

const functions = 'passes a function to the mock, which is in another thread';
const argument = 'is about what the functions of a mock in this process refuse';
const unnamed = 'a request without a valid key is in no journal, because no world is open for it';

/** By file: parts of the names of tests that replicas cannot pass, with the reason. */
export const excludedTests: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mock/index.test.ts': {
    'in real time a sync completes without further calls': functions,
    'a closed mock no longer listens, and its port is free': 'three replicas cannot listen on one port',
  },
  'mock/programmatic.test.ts': {
    'a world that cannot exist and a time that is not a number are refused': argument,
  },
  'mock/api/faults.test.ts': {
    'latency is real time, even if the world is frozen': functions,
    'in the middle of its body (process)': 'between threads, an answer is not sent in parts',
  },
  'mock/control/routes.test.ts': { 'worlds are listed in pages, and counted': 'the database lists worlds by name' },
  'mock/control/har.test.ts': { 'of unknown keys and without a key apart': unnamed },
  'mock/worlds/journal.test.ts': {
    'a request with a valid key is of its organization even if there is nothing at its path': unnamed,
    'unauthenticated requests are recorded in main, or in the world that their key names': unnamed,
    'the journal keeps the last thousand entries': 'a shared journal forgets old entries in batches',
  },
  'mock/worlds/worlds.test.ts': {
    'the least recently used world is dropped if there are too many': 'the database keeps every world',
  },
};
