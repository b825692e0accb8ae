/** What is written down of a run: in the history of runs, and in the record of what was done. */
import type { Run, RunPart } from '#contract/automations.ts';
import type { RunInput } from '#contract/run-script.ts';
import type { AuditSettings } from '#contract/settings.ts';
import { statementText } from '#core/audit/statement-text.ts';
import { consoleUrl } from '#core/aws/discovery/console-urls.ts';
import type { Deed } from '#core/ports/audit.ts';
import type { RunStart } from '#core/ports/runs.ts';
import type { Intent } from './intent.ts';
import type { knownOfInput } from './known-of-input.ts';

export function startOfRun(
  { execution, scheduledAt, startedBy }: RunInput,
  { automation, plan, script, newestVersion }: Intent,
  { id, now }: { id: string; now: Date },
): RunStart {
  const { scriptId, version = newestVersion } = plan;
  return {
    id,
    ...(automation && { automationId: automation.id }),
    script: { id: scriptId, name: script?.name ?? scriptId, version: script?.version ?? version },
    resourceId: plan.resourceId,
    ...(script && { engine: script.engine }),
    roleArn: plan.roleArn,
    readOnly: plan.readOnly,
    format: plan.output.format,
    ...(execution?.arn && { execution: executionOf(execution) }),
    ...(startedBy && { startedBy }),
    ...(scheduledAt && { scheduledAt: new Date(scheduledAt).toISOString() }),
    startedAt: now.toISOString(),
  };
}

function executionOf({ arn, name, parentArn }: NonNullable<RunInput['execution']>): Run['execution'] {
  const [, partition = '', , region = ''] = arn.split(':');
  const url = consoleUrl('execution', region, arn, { partition });
  return { arn, name, ...(url && { consoleUrl: url }), ...(parentArn && { parentArn }) };
}

/** The engine is that of the script until the resource is found. */
export function deedOfRun(
  run: Run,
  { automation, plan, script }: Intent,
  { requestId, kept }: { requestId: string; kept: AuditSettings },
): Deed {
  const {
    script: { id, name, version },
    resourceId,
    execution,
  } = run;
  const { database, login, roleArn } = plan;
  return {
    ...deedOf(requestId),
    script: { id, name, version },
    ...(automation && { automation: { id: automation.id, name: automation.name } }),
    ...(execution && { execution: execution.arn }),
    resource: resourceOf(resourceId, script?.engine),
    ...(database && { database }),
    ...(login && { login: login.method, ...(login.user && { databaseUser: login.user }) }),
    assumed: roleArn,
    ...(script && statementText(script.text, script.engine, kept)),
    ...(run.part && { change: wordsOfPart(run) }),
  };
}

/** Which part of a run it is, and of which statements, as far as that is known. */
export function wordsOfPart({ part }: Run, next?: Pick<RunPart, 'from' | 'statements'>): string {
  const { number = 1, from = 0, statements } = part ?? {};
  if (!next) return `Part ${number}, from statement ${from + 1} of ${statements}`;
  return `Part ${number}, statements ${from + 1} to ${next.from} of ${next.statements}`;
}

/** Of a run whose plan could not be read: what its input says of it, as far as that is valid. */
export function unknownDeed(
  { automationId, scriptId, version = 0, resourceId, roleArn, executionArn }: ReturnType<typeof knownOfInput>,
  requestId: string,
): Deed {
  return {
    ...deedOf(requestId),
    ...(automationId && { automation: { id: automationId, name: '' } }),
    ...(scriptId && { script: { id: scriptId, name: '', version } }),
    ...(executionArn && { execution: executionArn }),
    ...(resourceId && { resource: resourceOf(resourceId) }),
    ...(roleArn && { assumed: roleArn }),
  };
}

const resourceOf = (id: string, engine = '') => ({ id, engine, region: id.split(':')[3] ?? '' });

/** No person, and no address: a run comes from AWS. Who has pressed "run now" stands in a record of its own. */
const deedOf = (requestId: string): Deed => ({ kind: 'run', requestId, address: '' });
