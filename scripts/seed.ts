import fc from 'fast-check';

/** The properties meet the same cases in each run, so that what failed is found again; `KIT_SEED` has others drawn. */
const seed = Number(process.env['KIT_SEED'] || 1);
if (!Number.isInteger(seed)) throw new Error(`KIT_SEED: expected a whole number, got ${process.env['KIT_SEED']}`);
fc.configureGlobal({ seed });
