/** So many scripts of one user at once, over all copies of the function. */
export interface Slots {
  /** Takes one of `most`; it frees itself after `seconds`, should nobody release it. Errors: TOO_MANY_STATEMENTS. */
  take(userId: string, most: number, seconds: number): Promise<{ release(): Promise<void> }>;
}
