/** What this machine does not have, and the one command that would add it. */
export interface Lacking {
  readonly what: string;
  readonly command: string;
}
