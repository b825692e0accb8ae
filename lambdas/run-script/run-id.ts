import { createHash } from 'node:crypto';
import type { RunInput } from '#contract/run-script.ts';

/** What a call is known by where no execution is named. */
interface Call {
  readonly requestId: string;
  readonly now: Date;
}

/** As much of a name as an id holds, and as many digits of what tells runs of one name apart. */
const NAME = 120;
const DIGITS = 12;

/**
 * The same for each delivery of the same run, and another for any other: two deliveries of a schedule name the same moment,
 * two attempts of a state the same execution and the same entry. It sorts by time, and holds letters, digits, _ and - only.
 */
export function runIdOf(input: RunInput, { requestId, now }: Call): string {
  const { execution, scheduledAt } = input;
  const [automationId, what] = 'automationId' in input ? [input.automationId, []] : [undefined, planOf(input)];
  const at = scheduledAt ?? execution?.enteredAt ?? execution?.startedAt ?? now;
  const name = scheduledAt ? (automationId ?? 'schedule') : (execution?.name ?? requestId);
  const who = scheduledAt ? '' : (execution?.arn ?? '');
  const digest = createHash('sha256')
    .update(JSON.stringify([who, name, what]))
    .digest('hex');
  const time = new Date(at).toISOString().replaceAll(/[:.]/g, '-');
  return `${time}-${name.replaceAll(/[^\w-]/g, '_').slice(0, NAME)}-${digest.slice(0, DIGITS)}`;
}

/** All that is asked for, without who asks. */
const planOf = ({
  execution: _,
  scheduledAt: __,
  startedBy: ___,
  firstRows: ____,
  taskToken: _____,
  ...plan
}: RunInput): object => plan;
