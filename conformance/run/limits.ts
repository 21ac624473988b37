const MiB = 1024 * 1024;

/** The bounds of a run, whatever its target answers. */
export const runLimits = {
  /** Requests before the clean-up; the default of `--max-requests`. */
  requests: 5000,
  /** Requests of the clean-up. */
  cleanUpRequests: 1000,
  /** Groups created; the default of `--max-groups`. */
  groups: 400,
  /** The size of one answer. */
  answerBytes: 2 * MiB,
  /** Longer answers count as large. */
  largeAnswerCharacters: MiB / 32,
  /** The characters of all large answers together. */
  largeAnswers: 16 * MiB,
  /** The characters of answers kept as evidence; later answers are shortened. */
  evidenceCharacters: 4 * MiB,
  /** The length of a shortened answer. */
  shortBodyCharacters: 1000,
} as const;

/** What a run has sent, received and kept so far, over all its connections. */
export class RunTotals {
  requests = 0;
  /** Groups that were created, or may have been. */
  groups = 0;
  /** Characters of large answers. */
  largeAnswers = 0;
  evidenceCharacters = 0;
  /** Answers with 429. */
  throttled = 0;
  /** How long the run waited because of them, in milliseconds. */
  throttledMs = 0;
  isSecondKeyOfSameOrganization = false;

  /** Whether bodies are shortened from now on. */
  get isEvidenceFull(): boolean {
    return this.evidenceCharacters >= runLimits.evidenceCharacters;
  }

  /** A body as it is kept as evidence: shortened if the evidence is full. */
  evidence(body: string): string {
    const { shortBodyCharacters: max } = runLimits;
    const isShortened = this.isEvidenceFull && body.length > max;
    const kept = isShortened ? `${copyOf(body, max)} […cut: the evidence of this run is full]` : body;
    this.evidenceCharacters += kept.length;
    return kept;
  }
}

/** The beginning of a text, as a copy: a slice would keep the whole text in memory. */
export const copyOf = (text: string, characters: number): string =>
  Buffer.from(text.slice(0, characters), 'utf16le').toString('utf16le');
