import { Problem } from '../domain/problems.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';

/** The instants that a timestamp can represent. */
const firstInstant = Date.parse('0000-01-01T00:00:00Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

export function clockControl({ open, existing }: NamedWorld) {
  const readClock = (): Schemas['Clock'] => {
    const { clock } = existing();
    return { now: clock.timestamp(), frozen: clock.frozen };
  };
  /** Throws a Problem if a timestamp cannot represent the instant, in milliseconds since the epoch. */
  const refuseBadInstant = (field: string, instant: number): void => {
    if (!(instant >= firstInstant && instant <= lastInstant))
      throw new Problem('invalid', 'bad_instant', `${field}: expected an instant from the year 0 to the end of 9999.`);
  };

  return {
    readClock,

    /** Freezes the time, now or at any instant. Syncs that are due by then complete first. */
    freezeClock(request: Schemas['FreezeRequest'] = {}): Schemas['Clock'] {
      check('FreezeRequest', request);
      const { clock } = open();
      const at = request.at === undefined ? clock.now() : Date.parse(request.at);
      refuseBadInstant('at', at);
      clock.freeze();
      if (at > clock.now()) clock.advance(at - clock.now());
      else clock.freeze(at);
      return readClock();
    },

    /** Moves the time forward. Syncs that are due by then have completed when this returns. */
    advanceClock(request: Schemas['AdvanceRequest']): Schemas['Clock'] {
      check('AdvanceRequest', request);
      const { clock } = open();
      refuseBadInstant('ms', clock.now() + request.ms);
      clock.advance(request.ms);
      return readClock();
    },

    resumeClock(): Schemas['Clock'] {
      open().clock.resume();
      return readClock();
    },
  };
}
