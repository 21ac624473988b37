import fc from 'fast-check';

/** Property tests use the same cases in each run, so that failures repeat; `KIT_SEED` selects other cases. */
const seed = Number(process.env['KIT_SEED'] || 1);
if (!Number.isInteger(seed)) throw new Error(`KIT_SEED: expected an integer, got ${process.env['KIT_SEED']}`);
fc.configureGlobal({ seed });
