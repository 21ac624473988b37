const MiB = 1024 * 1024;

/** How much a run may do and keep, whatever its target answers. */
export const limits = {
  /** Requests before the clean-up; default of `--max-requests`. */
  requests: 5000,
  /** Requests of the clean-up. */
  cleanUpRequests: 1000,
  /** Groups that are created; default of `--max-groups`. */
  groups: 400,
  /** One answer. */
  answerBytes: 2 * MiB,
  /** An answer is large above this size. */
  largeAnswerCharacters: MiB / 32,
  /** Characters of all large answers of a run together. */
  largeAnswers: 16 * MiB,
  /** The bodies that are kept as evidence; those after them are shortened. */
  evidenceCharacters: 4 * MiB,
  /** What is kept of a body then. */
  shortBodyCharacters: 1000,
} as const;

/** What a run has done so far, over all its connections. */
export class Usage {
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
    return this.evidenceCharacters >= limits.evidenceCharacters;
  }

  /** A body to keep as evidence: shortened if the run has kept as much as it may. */
  evidence(body: string): string {
    const { shortBodyCharacters: max } = limits;
    const isShortened = this.isEvidenceFull && body.length > max;
    const kept = isShortened ? `${copyOf(body, max)} […cut: the evidence of this run is full]` : body;
    this.evidenceCharacters += kept.length;
    return kept;
  }
}

/** The beginning of a text, as a copy: a slice would keep the whole text in memory. */
export const copyOf = (text: string, characters: number): string =>
  Buffer.from(text.slice(0, characters), 'utf16le').toString('utf16le');
