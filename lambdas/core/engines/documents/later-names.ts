import type { ResultEvent } from '../engine.ts';

/** So many names are said; the rest is counted, */
const SAID = 20;
/** as far as it is kept: documents may name their fields by what they hold. */
const KEPT = 1_000;

/** The names of fields that came when the columns had been announced. */
export class LaterNames {
  readonly #names = new Set<string>();
  #isFull = false;

  add(name: string): void {
    if (this.#names.size < KEPT) this.#names.add(name);
    else this.#isFull ||= !this.#names.has(name);
  }

  /** `what` came after which part of the result; undefined where nothing did. */
  notice(what: 'attributes' | 'fields', after: string): ResultEvent | undefined {
    if (this.#names.size === 0) return undefined;
    const names = [...this.#names].sort();
    const said = names.slice(0, SAID).join(', ');
    const unsaid = names.length - SAID;
    const more = unsaid > 0 ? ` and ${this.#isFull ? 'more than ' : ''}${unsaid} more` : '';
    const message = `These ${what} came after the first ${after} and stand in the last column only: ${said}${more}.`;
    return { type: 'notice', severity: 'INFO', message };
  }
}
