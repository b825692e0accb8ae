/** What a run does: takes on the role, finds the resource, runs the script and writes its last result. */
import { OUTPUT_FORMATS, type Output, RESULTS_FOLDER, type Run, type RunAnswer } from '#contract/automations.ts';
import { bindParameters } from '#contract/bind-parameters.ts';
import { ENGINES } from '#contract/engines.ts';
import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { BoundParameter, ParameterValues } from '#contract/parameters.ts';
import type { Resource } from '#contract/resources.ts';
import { isTransient, type RunInput } from '#contract/run-script.ts';
import type { Script } from '#contract/scripts.ts';
import type { Limits } from '#contract/settings.ts';
import { placeOf } from '#core/audit/deed.ts';
import type { Note } from '#core/audit/recorded.ts';
import { sumOfConsumed, Tally } from '#core/audit/tally.ts';
import { PAUSE_SHARE } from '#core/automation/parts.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import { unreached } from '#core/networks/unreached.ts';
import { type WrittenResult, writeResult } from '#core/output/write-result.ts';
import type { Instance } from '#core/ports/store.ts';
import type { Left } from './hand-on.ts';
import type { Intent } from './intent.ts';
import { findResource, standAt, takeRole } from './open-resource.ts';
import type { RunPorts } from './run-script.ts';
import { unlessHanging } from './unless-hanging.ts';

interface Doing {
  readonly run: Run;
  readonly intent: Intent;
  readonly instance: Instance;
  readonly asked: Pick<RunInput, 'execution' | 'firstRows' | 'taskToken'>;
  readonly remainingMs: number;
  /** How far it is; kept up to date. */
  readonly far: { rows: number; bytes: number };
  readonly note: Note;
  readonly signal: AbortSignal;
}

/** The answer of a run that has come to its end, or where its script was left. */
export async function performRun(doing: Doing, ports: RunPorts): Promise<{ answer: RunAnswer } | { left: Left }> {
  const { run, intent, instance, asked, remainingMs, far, note, signal } = doing;
  const { plan, newestVersion } = intent;
  const begun = performance.now();
  const tally = new Tally();
  const course: Course = { statements: 0 };
  let isOpen = false;
  try {
    signal.throwIfAborted();
    const script = allowedScript(intent);
    const parameters = boundParameters(script, plan.parameters);
    const session = asked.execution?.name ?? run.id;
    const keys = await takeRole(plan, instance, { session, remainingMs, signal }, ports);
    const resource = await findResource(plan, keys, signal, ports);
    demandEngine(script, resource);
    const { at, reach } = standAt(resource, plan, { keys, session, instance, signal }, ports);
    note(placeOf(at.claims));
    const limits = limitsOf(instance.limits, plan.limits, remainingMs);
    const events = await ports.databases
      .run(
        at,
        script.text,
        { ...limits, ...(parameters.length > 0 && { parameters }), ...stretchOf(doing, ports) },
        {
          opened({ user, database }) {
            isOpen = true;
            note({ databaseUser: user, database });
          },
        },
      )
      .catch((error: unknown) => {
        throw unreached(error, reach);
      });
    const key = keyOf(run, plan.output);
    const writing = writeResult(seen(events, tally, course), {
      format: plan.output.format,
      firstRows: asked.firstRows,
      upload: (contentType) => ports.results.upload({ key, contentType, signal }),
      progress: (so) => Object.assign(far, so),
    });
    const written = await unlessHanging(signal, writing, ports.graceMs);
    const { consumed } = written;
    if (course.leftAt !== undefined) return { left: { from: course.leftAt, statements: course.statements, consumed } };
    Object.assign(far, { rows: written.rows, bytes: written.bytes });
    const elapsedMs = run.part
      ? ports.clock().getTime() - Date.parse(run.startedAt)
      : Math.round(performance.now() - begun);
    const place = written.written ? { bucket: ports.results.bucket, key } : {};
    const whole = answerOf({ ...written, consumed: sumOfConsumed([...(run.part?.consumed ?? []), ...consumed]) });
    return { answer: { runId: run.id, ...place, ...whole, elapsedMs, version: script.version, newestVersion } };
  } catch (error) {
    // After an abort everything thrown is its echo.
    throw explained(signal.aborted ? heldHere(signal.reason, course) : error, { ...plan, isOpen });
  } finally {
    note(tally.end());
  }
}

function allowedScript({ script, refusal }: Intent) {
  if (refusal || !script) throw refusal ?? new AppError('SCRIPT_NOT_FOUND');
  return script;
}

/** What the version that runs declares may not be what the one before did. Errors: PARAMETER_INVALID. */
function boundParameters({ version, parameters }: Script, values: ParameterValues): BoundParameter[] {
  try {
    return bindParameters(parameters, values);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const declared = parameters.map(({ name, type }) => `${name} (${type})`).join(', ');
    const hint = `Version ${version} of the script takes ${declared || 'no parameters'}.`;
    throw new AppError(error.code, { details: { ...error.details, hint } });
  }
}

/** A script of another notation would fail at its first word, and say nothing of why. Errors: ENGINE_UNSUPPORTED. */
function demandEngine({ engine: written }: Script, { name, engine }: Resource): void {
  if (!engine || ENGINES[engine].dialect === ENGINES[written].dialect) return;
  throw new AppError('ENGINE_UNSUPPORTED', {
    message: `The script is written for ${ENGINES[written].title}, and ${name} is ${ENGINES[engine].title}.`,
    details: { hint: 'Name a resource of that engine, or a version of the script that was written for this one.' },
  });
}

type Asked = { rows?: number | undefined; seconds?: number | undefined };

/** Less than what the instance allows, and no longer than the function lasts. */
const limitsOf = (most: Limits, { rows = most.rows, seconds = most.seconds }: Asked, remainingMs: number) => ({
  maxRows: Math.min(rows, most.rows),
  timeoutSeconds: Math.max(1, Math.min(seconds, most.seconds, Math.floor(remainingMs / 1_000))),
});

/** `results/<prefix>/<run>.csv` */
const keyOf = ({ id }: Run, { prefix, format }: Output): string =>
  [...`${RESULTS_FOLDER}${prefix}`.split('/').filter(Boolean), `${id}.${OUTPUT_FORMATS[format].extension}`].join('/');

/** Where its script begins, and when it is left. Nobody could go on with a run whose caller waits for this call. */
const stretchOf = (
  { run: { part }, asked, remainingMs }: Doing,
  { pauseMs = remainingMs * PAUSE_SHARE }: RunPorts,
) => ({
  ...(part && { from: part.from }),
  ...(asked.taskToken !== undefined && { pauseAfterMs: pauseMs }),
});

/** How far a script has come. */
interface Course {
  statements: number;
  /** The statement that it was left in front of. */
  leftAt?: number;
  /** The one for whose sake it could not be left. */
  heldBy?: number;
}

async function* seen(events: AsyncIterable<ResultEvent>, tally: Tally, course: Course): AsyncGenerator<ResultEvent> {
  for await (const event of events) {
    tally.see(event);
    if (!(event instanceof Uint8Array)) follow(event, course);
    yield event;
  }
}

function follow(event: Exclude<ResultEvent, Uint8Array>, course: Course): void {
  if (event.type === 'started') course.statements = event.statements;
  if (event.type !== 'pause') return;
  if (event.heldBy === undefined) course.leftAt = event.statement;
  else course.heldBy = event.heldBy;
}

/** Why a run whose time is over did not go on in another function, where it might have. */
function heldHere(error: unknown, { heldBy }: Course): unknown {
  if (heldBy === undefined || !(error instanceof AppError) || error.code !== 'STATEMENT_TIMEOUT') return error;
  const why = `It could not go on in another function, for statement ${heldBy + 1} of the script needs the connection of others.`;
  return new AppError(error.code, { message: `${error.message} ${why}`, cause: error });
}

const answerOf = ({ written: _, consumed, ...rest }: WrittenResult) => ({
  ...rest,
  ...(consumed.length > 0 && { consumedCapacity: consumed }),
});

interface Circumstances {
  readonly readOnly: boolean;
  /** True: the script was on its way. */
  readonly isOpen: boolean;
}

/** They may come before anybody knows that the connection is open. */
const UNHEARD: readonly ErrorCode[] = ['DATABASE_LOST', 'CONNECTOR_FAILED'];

/** What might be tried again has changed nothing. Of a run that may write, and was under way, nobody knows that. */
function explained(error: unknown, { readOnly, isOpen }: Circumstances): unknown {
  if (readOnly || !(error instanceof AppError) || !isTransient(error.code)) return error;
  if (!isOpen && !UNHEARD.includes(error.code)) return error;
  const { code, details } = error;
  return new AppError('OUTCOME_UNKNOWN', {
    ...(code !== 'DATABASE_LOST' && { message: `${error.message} The run may write, and what it did is not known.` }),
    ...(details && { details }),
    cause: error,
  });
}
