/** Runs in words. */
import { NOTIFY, type Notify, type Run, type RunPlan, type RunState } from '#contract/automations.ts';
import type { IconName } from '../../components/icon.tsx';
import { sizeText } from '../details/size-text.ts';
import { count, duration } from '../query/wording.ts';

/** Word, icon and tone: no state is told by its colour alone. */
export const RUN_STATES: Readonly<
  Record<RunState, { word: string; icon: IconName; tone: 'good' | 'bad' | 'warn' | 'calm'; says: string }>
> = {
  running: { word: 'Running', icon: 'play', tone: 'calm', says: 'It is under way.' },
  succeeded: { word: 'Succeeded', icon: 'check', tone: 'good', says: 'It came to its end.' },
  failed: { word: 'Failed', icon: 'alert', tone: 'bad', says: 'It ended with an error, and left no file.' },
  cancelled: { word: 'Stopped', icon: 'stop', tone: 'warn', says: 'Somebody has stopped it.' },
  cut: {
    word: 'Cut off',
    icon: 'close',
    tone: 'warn',
    says: 'Its function ended without a word, and its time is over: what it has done is not known.',
  },
};

/** How long it took, or takes so far. */
export function tookText({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>, now: Date): string {
  const end = endedAt ? Date.parse(endedAt) : now.getTime();
  return duration(Math.max(0, end - Date.parse(startedAt)));
}

/** What it gave, or has changed: `1,024`, `3 changed`. */
/** Of a run that goes on in one function after another. */
export const partText = ({ part }: Pick<Run, 'part'>): string | undefined =>
  part &&
  `${part.number}, from statement ${part.from + 1} of ${part.statements}${part.waiting ? ', waits for its turn' : ''}`;

export function runRows({ rows, answer }: Pick<Run, 'rows' | 'answer'>): string {
  if (rows > 0) return rows.toLocaleString('en');
  return answer?.affected ? `${answer.affected.toLocaleString('en')} changed` : '0';
}

/** How much it has written; undefined where nothing of it is left: no half of an object is. */
export const sizeOf = ({ state, bytes }: Pick<Run, 'state' | 'bytes'>): string | undefined =>
  bytes > 0 && (state === 'running' || state === 'succeeded') ? sizeText(bytes) : undefined;

/** Who or what has started it. */
export const startedByText = ({ startedBy, scheduledAt }: Pick<Run, 'startedBy' | 'scheduledAt'>): string =>
  startedBy?.name ?? (scheduledAt ? 'its schedule' : 'a state machine');

/** Where the results go: `s3://bucket/results/orders/<run>.csv`. */
export const keyPreview = (bucket: string, prefix: string, extension: string): string =>
  `s3://${bucket}/results/${[...prefix.split('/').filter(Boolean), `<run>.${extension}`].join('/')}`;

export const limitsText = ({ rows, seconds }: RunPlan['limits']): string =>
  [rows && `${count(rows, 'row')} at most`, seconds && `${count(seconds, 'second')} at most`]
    .filter(Boolean)
    .join(', ') || 'Those of the instance';

/** When somebody is told. */
export const notifyText = (notify: Notify, notifies: boolean): string =>
  notifies ? NOTIFY[notify] : 'Nobody: this instance has no topic that tells people.';
