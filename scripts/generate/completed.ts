/** A word that can be typed, and its meaning. */
export interface Word {
  readonly name: string;
  readonly meaning: string;
}

/** The value of an option: one of these words, a path, unknown, or none. */
export type Value = readonly string[] | 'path' | 'unknown' | 'none';

export interface CompletedOption extends Word {
  readonly short: string | undefined;
  readonly value: Value;
}

/** A program or one of its commands, with the options and words that may follow it. */
export interface CompletedCommand extends Word {
  readonly options: readonly CompletedOption[];
  /** Commands, or the choices of an argument. */
  readonly words: readonly Word[];
}
