import fc from 'fast-check';

/** The same cases in every run, so that the same mutants survive, and no shrinking. */
fc.configureGlobal({ seed: 1, endOnFailure: true });
