import type { CheckStep, RunAnswer } from '#contract/automations.ts';
import { AppError } from '#contract/errors.ts';
import type { Databases } from '#core/databases/databases.ts';
import type { Networks } from '#core/networks/networks.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Automations } from '#core/ports/automations.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import type { Log } from '#core/ports/log.ts';
import type { ResultBucket } from '#core/ports/results.ts';
import type { CallAgain, RunRoles, Runs, TaskTokens } from '#core/ports/runs.ts';
import type { Scripts } from '#core/ports/scripts.ts';
import type { Store } from '#core/ports/store.ts';
import { checkPlan } from './check-plan.ts';
import { knownOfInput } from './known-of-input.ts';
import { isCheck, readInput } from './read-input.ts';
import { refuseInput } from './refuse-input.ts';
import { failureOf, RunFailure } from './run-failure.ts';
import { toldByToken, toldOfPart } from './told-by-token.ts';

export interface RunPorts {
  readonly store: Pick<Store, 'instance'>;
  readonly scripts: Pick<Scripts, 'read'>;
  readonly automations: Pick<Automations, 'read'>;
  readonly runs: Pick<Runs, 'begin' | 'progress' | 'handOn' | 'takeOver' | 'end' | 'read'>;
  readonly callAgain: CallAgain;
  readonly roles: RunRoles;
  readonly discovery: Pick<Discovery, 'find' | 'tags'>;
  readonly networks: Networks | undefined;
  readonly databases: Pick<Databases, 'run' | 'about'>;
  readonly results: ResultBucket;
  readonly tokens: TaskTokens;
  readonly audit: Audit;
  readonly log: Log;
  readonly clock: Clock;
  /** How often a run speaks up, in milliseconds; five seconds where it is left out. */
  readonly beatMs?: number;
  /** How long what was told to stop is waited for, in milliseconds; ten seconds where it is left out. */
  readonly graceMs?: number;
  /** After so long no further statement begins in this function, in milliseconds; see `PAUSE_SHARE`. */
  readonly pauseMs?: number;
}

/** What Lambda tells of a call. */
export interface CallContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** A run's answer; the steps of a check; nothing where a token takes the answer. */
export type Answered = RunAnswer | { readonly steps: CheckStep[] } | undefined;

/**
 * Does a run, or checks a plan. What is thrown has a name of `RUN_ERRORS`, which Step Functions catches, and a sentence
 * that holds no key, no password and no row.
 */
export const runScript =
  (ports: RunPorts) =>
  async (event: unknown, context: CallContext): Promise<Answered> => {
    const begun = performance.now();
    const { awsRequestId: requestId } = context;
    const { automationId: automation, executionArn: execution } = knownOfInput(event);
    // Where the table cannot be reached it is all that tells of the run.
    const line = (code?: string) => ({
      requestId,
      elapsedMs: Math.round(performance.now() - begun),
      ...(automation && { automation }),
      ...(execution && { execution }),
      ...(code && { code }),
    });
    try {
      const answer = await answerTo(event, ports, context);
      ports.log.info('run', line());
      return answer;
    } catch (error) {
      const failure = error instanceof RunFailure ? error : failureOf(error);
      ports.log.error('run', { ...line(failure.code), cause: failure.cause });
      throw failure;
    }
  };

async function answerTo(event: unknown, ports: RunPorts, context: CallContext): Promise<Answered> {
  const input = readInput(event);
  if (input instanceof AppError) {
    if (isCheck(event)) throw input;
    return refuseInput(event, input, ports, context);
  }
  if ('check' in input) return checkPlan(input.check, ports, context);
  return 'part' in input ? toldOfPart(input, ports, context) : toldByToken(input, ports, context);
}
