/** The tags that scripts bear, as far as somebody sees those scripts. */
import { call } from '../../api.ts';
import type { Suggestion } from '../../components/suggest-field.tsx';

/** As many as anybody reads: the rest is found by typing on. */
const SHOWN = 12;

/** Those that hold a text, the most frequent first. */
export async function suggestTags(text: string, signal: AbortSignal): Promise<Suggestion[]> {
  const { scripts } = await call('scripts', { body: { limit: 500, ...(text && { text }) } }, signal);
  const counts = new Map<string, number>();
  for (const tag of scripts.flatMap(({ tags }) => tags))
    if (tag.toLowerCase().includes(text.toLowerCase())) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, SHOWN)
    .map(([tag, count]) => ({ value: tag, label: tag, detail: count === 1 ? '1 script' : `${count} scripts` }));
}
