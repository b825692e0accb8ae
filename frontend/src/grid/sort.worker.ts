/** Sorts a column away from the page: columns of batches come in as JSON bytes, the order of the rows goes out. */
import type { Value } from '#contract/results.ts';
import { Ranking } from './ranking.ts';
import type { SortAnswer, SortRequest } from './sort-column.ts';

const ranking = new Ranking();
const decoder = new TextDecoder();

addEventListener('message', ({ data }: MessageEvent<SortRequest>) => {
  if (data.type === 'columns') {
    for (const json of data.json) ranking.add(JSON.parse(decoder.decode(json)) as Value[]);
    return;
  }
  const order = ranking.order(data.kind, { descending: data.descending });
  const answer: SortAnswer = { order };
  postMessage(answer, { transfer: [order.buffer] });
});
