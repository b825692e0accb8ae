import { problemOf } from '../../app/advice.ts';
import { exactTime } from '../../app/times.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../query/wording.ts';
import styles from './list.module.css';
import type { Paged, PagedState } from './paged.ts';

interface ListFootProps {
  /** What a row is called. */
  readonly one: string;
  readonly many: string;
  readonly list: Pick<Paged<unknown>, 'goOn' | 'stop'>;
  readonly state: Pick<PagedState<unknown>, 'phase' | 'back' | 'failure'> & { readonly rows: readonly unknown[] };
}

/** Below a list: how much of it is there, and how reading stands; said aloud as it changes. */
export function ListFoot({ one, many, list, state }: ListFootProps) {
  const { phase, failure } = state;
  const problem = phase === 'failed' ? problemOf(failure) : undefined;
  return (
    <div className={styles.foot}>
      {problem ? (
        <p role="alert" className={styles.failed}>
          {problem.message} {problem.advice}
          {problem.requestId && <small> Request id: {problem.requestId}</small>}
        </p>
      ) : (
        <p role="status" className={styles.said}>
          {sayList(state, one, many)}
        </p>
      )}
      {phase === 'reading' && (
        <Button size="small" icon="stop" onClick={list.stop}>
          Stop
        </Button>
      )}
      {phase === 'stopped' && (
        <Button size="small" icon="arrowRight" onClick={list.goOn}>
          Go on
        </Button>
      )}
      {phase === 'failed' && (
        <Button size="small" icon="refresh" onClick={list.goOn}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** How much there is, in a sentence. */
function sayList({ phase, rows, back }: ListFootProps['state'], one: string, many: string): string {
  const found = count(rows.length, one, many);
  const looked = back ? ` Looked back to ${exactTime(back)}.` : '';
  if (phase === 'reading') return `Reading…${rows.length > 0 ? ` ${found} so far.` : ''}${looked}`;
  if (phase === 'stopped') return `Stopped. ${found} so far.${looked}`;
  if (phase === 'more') return `${found} so far. There are more below.${looked}`;
  return rows.length === 0 ? `No ${many}.` : `${found}, and no more.`;
}
