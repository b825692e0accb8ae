/** Finds among labels: every word that was typed must stand in one, and the nearer to its beginning the better. */

interface Labelled {
  readonly label: string;
  readonly detail?: string;
}

/** At most `limit` items, the best first; with nothing typed, the first ones in their own order. */
export function matchItems<T extends Labelled>(items: readonly T[], typed: string, limit: number): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, limit);
  const scored: { item: T; score: number }[] = [];
  for (const item of items) {
    const score = scoreOf(item, words);
    if (score !== undefined) scored.push({ item, score });
  }
  return scored
    .sort((one, other) => one.score - other.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** The smaller the better; undefined where a word is missing. */
function scoreOf({ label, detail }: Labelled, words: readonly string[]): number | undefined {
  const text = label.toLowerCase();
  const more = detail?.toLowerCase() ?? '';
  // Among equals the shorter label is nearer to what was typed.
  let score = text.length / 1_000;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === -1 && !more.includes(word)) return undefined;
    score += at === -1 ? 4 : at === 0 ? 0 : isWordStart(text, at) ? 1 : 2;
  }
  return score;
}

const isWordStart = (text: string, at: number): boolean => !/[a-z0-9]/.test(text[at - 1] ?? ' ');
