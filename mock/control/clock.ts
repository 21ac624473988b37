import { Problem } from '../domain/problems.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';

/** The last instant that a timestamp can represent. */
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

export function clockControl({ open, existing }: NamedWorld) {
  const readClock = (): Schemas['Clock'] => {
    const { clock } = existing();
    return { now: clock.timestamp(), frozen: clock.frozen };
  };
  /** Moves the time forward to an instant, in milliseconds since the epoch. */
  const moveTo = (field: string, instant: number): Schemas['Clock'] => {
    const { clock } = open();
    if (!(instant >= clock.now() && instant <= lastInstant))
      throw new Problem(
        'invalid',
        'bad_instant',
        `${field}: expected an instant from ${clock.timestamp()} to the end of 9999.`,
      );
    clock.advance(instant - clock.now());
    return readClock();
  };

  return {
    readClock,

    /** Freezes the time, now or at a later instant. Syncs that are due by then complete first. */
    freezeClock(request: Schemas['FreezeRequest'] = {}): Schemas['Clock'] {
      check('FreezeRequest', request);
      const { clock } = open();
      const wasFrozen = clock.frozen;
      clock.freeze();
      try {
        return request.at === undefined ? readClock() : moveTo('at', Date.parse(request.at));
      } catch (error) {
        if (!wasFrozen) clock.resume();
        throw error;
      }
    },

    /** Moves the time forward. Syncs that are due by then have completed when this returns. */
    advanceClock(request: Schemas['AdvanceRequest']): Schemas['Clock'] {
      check('AdvanceRequest', request);
      return moveTo('ms', open().clock.now() + request.ms);
    },

    resumeClock(): Schemas['Clock'] {
      open().clock.resume();
      return readClock();
    },
  };
}
