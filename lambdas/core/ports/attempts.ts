export interface Attempt {
  readonly address: string;
  readonly accessKeyId: string;
}

/** Counts attempts to sign in, so that nobody can try for long. Nothing of a key is kept but a digest of its id. */
export interface Attempts {
  /**
   * Counts one as failed. Errors: TOO_MANY_ATTEMPTS, with the same words whatever was tried; where it cannot be counted,
   * THROTTLED or AWS_UNAVAILABLE: without the table nobody could come in anyway.
   */
  count(attempt: Attempt): Promise<void>;
  /** The keys were good: their failures are forgotten, and this attempt was none. Never rejects. */
  succeeded(attempt: Attempt): Promise<void>;
  /** AWS, or Lodge, failed before anybody knew: this attempt was none. Never rejects. */
  undecided(attempt: Attempt): Promise<void>;
}
