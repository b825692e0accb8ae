import type { Run, RunState } from '#contract/automations.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { isTransient } from '#contract/run-script.ts';

type Ended = Pick<Run, 'readOnly' | 'error' | 'part'>;
type Meant = Pick<Run, 'script' | 'resourceId'>;

/** Refused before anything of the script, or of its next part, was on its way to a database: once mended it may be done. */
const UNTOUCHED: ReadonlySet<string> = new Set<ErrorCode>([
  'SCRIPT_NOT_FOUND',
  'PARAMETER_INVALID',
  'AUTOMATION_PAUSED',
  'ROLE_NOT_ALLOWED',
  'ROLE_NOT_ASSUMABLE',
]);

const AGAIN: Readonly<Record<RunState, (run: Ended) => boolean>> = {
  running: () => false,
  succeeded: () => false,
  // Somebody wanted it so.
  cancelled: () => false,
  failed: ({ readOnly, error: { code = '' } = {} }) => readOnly || isTransient(code) || UNTOUCHED.has(code),
  // Nobody has begun the part that was waited for.
  cut: ({ readOnly, part }) => readOnly || part?.waiting === true,
};

/**
 * Whether another delivery of an execution begins its run anew. One that may have changed something is not done twice
 * unless it is known that it has changed nothing since the part that it goes on with; and that must mean the same still.
 */
export const mayBeginAgain = (run: Ended & Meant & Pick<Run, 'state'>, start: Meant): boolean =>
  AGAIN[run.state](run) && (resumed(run) === undefined || isSame(run, start));

/** Where the next attempt begins: one that may write with the part that had not begun, one that only reads anew. */
export function resumed({ readOnly, part }: Pick<Run, 'readOnly' | 'part'>): Run['part'] {
  if (readOnly || !part) return undefined;
  const { waiting: _, ...begun } = part;
  return begun;
}

const isSame = (run: Meant, start: Meant): boolean =>
  run.resourceId === start.resourceId &&
  run.script.id === start.script.id &&
  run.script.version === start.script.version;
