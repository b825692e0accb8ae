import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { ScriptDraft } from '#contract/scripts.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import type { RunRoles } from '#core/ports/runs.ts';
import { LEASE_SECONDS } from '../../lambdas/run-script/watch-run.ts';
import { memoryAudit, memoryRuns, memoryStore } from '../support/ports.ts';
import { resource } from '../support/resources.ts';
import { executionOf, MARIA, memoryBucket, memoryRunner, ROLE, twoRows } from '../support/runner.ts';

/** What a call throws. */
const failing = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => {
      throw new Error('It has not failed.');
    },
    (error: Error) => error,
  );

/** Fails as a database does after its first rows. */
const breaking = (error: unknown) =>
  async function* (): AsyncGenerator<ResultEvent> {
    let events = 0;
    for await (const event of twoRows()) {
      events += 1;
      if (events > 4) throw error;
      yield event;
    }
  };

/** Goes on until it is stopped. */
async function* endless(_script: string, { signal }: { signal: AbortSignal }): AsyncGenerator<ResultEvent> {
  yield { type: 'started', handle: 'h', statements: 1 };
  await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new AppError('DATABASE_LOST')));
  });
}

describe('a run of a plan', () => {
  it('writes its result to the bucket, and answers where it is', async () => {
    const { call, plan, objects, script } = await memoryRunner();
    const answer = await call({ ...plan, execution: executionOf('nightly'), output: { prefix: 'late/orders' } });
    const runId = expect.stringMatching(/^2026-11-24T03-00-01-123Z-nightly-[0-9a-f]{12}$/);
    expect(answer).toEqual({
      runId,
      bucket: 'lodge-results',
      key: expect.stringMatching(/^results\/late\/orders\/2026-11-24T03-00-01-123Z-nightly-[0-9a-f]{12}\.csv$/),
      rows: 2,
      bytes: expect.any(Number),
      columns: [
        { name: 'id', type: 'text' },
        { name: 'name', type: 'text' },
      ],
      elapsedMs: expect.any(Number),
      truncated: false,
      version: script.version,
      newestVersion: script.version,
    });
    expect([...objects.values()]).toEqual([expect.stringContaining('Ann')]);
  });

  it('has the first rows in its answer where they are asked for, and nowhere else', async () => {
    const { call, plan, runs, entries } = await memoryRunner();
    const answer = await call({ ...plan, firstRows: 1 });
    expect(answer).toMatchObject({ firstRows: [['1', 'Ann']] });
    const { runs: kept } = await runs.list({ limit: 10 });
    expect(JSON.stringify([kept, entries])).not.toContain('Ann');
  });

  it('says what it has changed, and what was charged for it, also where there is no result', async () => {
    const consumed = { kind: 'write' as const, units: 2 };
    const { call, plan, objects } = await memoryRunner({
      async *run() {
        yield { type: 'started', handle: 'h', statements: 1 };
        yield { type: 'statement', statement: 0, from: 0, to: 8 };
        const done = {
          type: 'done',
          statement: 0,
          command: 'UPDATE',
          rows: 0,
          truncated: false,
          elapsedMs: 1,
        } as const;
        yield { ...done, affected: 3, consumed };
      },
    });
    const answer = await call({ ...plan, readOnly: false });
    expect(answer).toMatchObject({ rows: 0, affected: 3, bytes: 0, columns: [], consumedCapacity: [consumed] });
    expect([answer, objects.size]).toEqual([expect.not.objectContaining({ key: expect.anything() }), 0]);
  });

  it('takes on its role in the name of the execution, and uses its keys only', async () => {
    const { call, plan, asked, opened } = await memoryRunner();
    await call({ ...plan, execution: executionOf('nightly') }, 120_000);
    expect(asked).toEqual([[ROLE, { session: 'nightly', seconds: 120, signal: expect.any(AbortSignal) }]]);
    expect(opened.asked[0]).toMatchObject({
      unattended: true,
      session: { credentials: { accessKeyId: 'ASIAROLE' }, role: 'reader', user: { name: 'lodge-nightly' } },
      claims: { login: { method: 'iam', user: 'app_iam' }, target: { database: 'shop' } },
    });
    expect(opened).toMatchObject({ opened: 1, closed: 1 });
  });

  it('may write only where the plan says so', async () => {
    const { call, plan, opened, runs } = await memoryRunner();
    await call({ ...plan, readOnly: false });
    expect(opened.asked[0]?.session.role).toBe('editor');
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ readOnly: false }]);
  });

  it('is held to less than the instance allows, where less is asked for, and to the time of its function', async () => {
    const seen: object[] = [];
    const { call, plan } = await memoryRunner({
      run: (_script, { signal: _, ...options }) => {
        seen.push(options);
        return twoRows();
      },
    });
    await call({ ...plan, limits: { rows: 10, seconds: 5 } });
    await call({ ...plan, limits: { rows: 10_000_000 } }, 90_000);
    expect(seen).toEqual([
      { maxRows: 10, timeoutSeconds: 5 },
      { maxRows: 1_000_000, timeoutSeconds: 90 },
    ]);
  });

  it('hands its parameters to the driver, never into the text', async () => {
    const seen: unknown[] = [];
    const { call, plan } = await memoryRunner({
      script: { text: 'select :day', parameters: [{ name: 'day', type: 'date', required: true }] },
      run: (script, { parameters }) => {
        seen.push(script, parameters);
        return twoRows();
      },
    });
    await call({ ...plan, parameters: { day: '2026-11-24' } });
    expect(seen).toEqual(['select :day', [{ name: 'day', type: 'date', value: '2026-11-24' }]]);
  });

  it('runs the version that it names, and says which is the newest', async () => {
    const { call, plan, script, scripts } = await memoryRunner({ run: (text) => saying(text) });
    const { id, revision, version: _, owner: __, createdAt: ___, changed: ____, ...draft } = script;
    await scripts.change(id, revision, { ...draft, text: 'select 2' }, MARIA);
    expect(await call({ ...plan, version: 1, firstRows: 1 })).toMatchObject({
      version: 1,
      newestVersion: 2,
      firstRows: [['select 1']],
    });
    expect(await call({ ...plan, firstRows: 1 })).toMatchObject({ version: 2, firstRows: [['select 2']] });
  });

  it('logs in as the tags say, also where these take a call of their own', async () => {
    const found = resource({ tags: undefined, service: 'rds-proxy' });
    const { call, plan, opened } = await memoryRunner({ found, tags: { 'lodge:iam-user': 'app_iam' } });
    await call(plan);
    expect(opened.asked[0]?.claims.login).toMatchObject({ method: 'iam', user: 'app_iam' });
  });

  it('logs in as it is told', async () => {
    const { call, plan, opened } = await memoryRunner();
    await call({ ...plan, database: 'archive', login: { method: 'iam', user: 'auditor' } });
    expect(opened.asked[0]?.claims).toMatchObject({ login: { user: 'auditor' }, target: { database: 'archive' } });
  });
});

async function* saying(text: string): AsyncGenerator<ResultEvent> {
  yield { type: 'started', handle: 'h', statements: 1 };
  yield { type: 'statement', statement: 0, from: 0, to: text.length };
  yield { type: 'columns', statement: 0, columns: [{ name: 'text', type: 'text', kind: 'text' }] };
  yield { type: 'rows', count: 1, values: [[text]] };
  yield { type: 'done', statement: 0, command: 'SELECT', rows: 1, truncated: false, elapsedMs: 1 };
}

describe('what is written down of a run', () => {
  it('stands in the history and in the record, as it begins and as it ends', async () => {
    const { call, plan, runs, entries, script } = await memoryRunner();
    const execution = executionOf('nightly');
    const startedBy = { id: 'aws:111122223333:AIDAMARIA', name: 'maria' };
    const answer = await call({ ...plan, execution, startedBy });
    const { runs: kept } = await runs.list({ limit: 10 });
    const told = { id: script.id, name: 'Late orders', version: 1 };
    const consoleUrl = `https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/${execution.arn}`;
    expect(kept).toEqual([
      expect.objectContaining({
        script: told,
        resourceId: plan.resourceId,
        engine: 'postgres',
        roleArn: ROLE,
        format: 'csv',
        execution: { arn: execution.arn, name: 'nightly', consoleUrl },
        startedBy,
        state: 'succeeded',
        attempt: 1,
        rows: 2,
        answer,
      }),
    ]);
    expect(entries).toEqual([
      expect.objectContaining({
        kind: 'run',
        outcome: 'succeeded',
        script: told,
        execution: execution.arn,
        resource: { id: plan.resourceId, engine: 'postgres', region: 'eu-central-1' },
        assumed: ROLE,
        databaseUser: 'app_iam',
        login: 'iam',
        statement: 'select 1',
        commands: ['SELECT'],
        rows: 2,
      }),
    ]);
  });

  it('is there before the database is touched: without a record nothing runs', async () => {
    const { audit } = memoryAudit({ failing: true });
    const { call, plan, opened, asked, runs } = await memoryRunner({ ports: { audit } });
    expect(await failing(call(plan))).toMatchObject({ name: 'Lodge.AuditFailed' });
    expect([opened.opened, asked.length]).toEqual([0, 0]);
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ state: 'failed', error: { code: 'AUDIT_FAILED' } }]);
  });

  it('is a line of the log, too', async () => {
    const { call, plan, lines } = await memoryRunner({ run: breaking(new AppError('STATEMENT_FAILED')) });
    await failing(call(plan));
    expect(lines).toEqual([
      {
        level: 'error',
        message: 'run',
        fields: { requestId: 'call-1', code: 'STATEMENT_FAILED', elapsedMs: expect.any(Number) },
      },
    ]);
  });
});

describe('a run of an automation', () => {
  it('does what was saved, and stands in its history', async () => {
    const { call, automation, runs, entries } = await memoryRunner();
    await call({ automationId: automation.id, scheduledAt: '2026-11-24T03:00:00Z' });
    expect((await runs.list({ automationId: automation.id, limit: 2 })).runs).toMatchObject([
      { state: 'succeeded', automationId: automation.id, scheduledAt: '2026-11-24T03:00:00.000Z' },
    ]);
    expect(entries).toMatchObject([{ automation: { id: automation.id, name: 'Nightly' } }]);
  });

  it('may use a private script of its owner', async () => {
    const { call, automation } = await memoryRunner({ script: { shared: false } });
    expect(await call({ automationId: automation.id })).toMatchObject({ rows: 2 });
  });

  it.each([
    ['the private script of another', { owner: { id: 'somebody else', name: 'bob' } }, 'Lodge.ScriptNotFound'],
    ['nothing while it is paused', { paused: true }, 'Lodge.AutomationPaused'],
  ])('runs not %s, and its history says why', async (_what, changes, name) => {
    const wanted = { automation: changes, script: { shared: false } };
    const { call, automation, runs, opened, entries } = await memoryRunner(wanted);
    expect(await failing(call({ automationId: automation.id }))).toMatchObject({ name });
    expect((await runs.list({ automationId: automation.id, limit: 2 })).runs).toMatchObject([{ state: 'failed' }]);
    expect([opened.opened, entries.length]).toEqual([0, 1]);
  });

  it('that is not there is recorded all the same', async () => {
    const { call, entries } = await memoryRunner();
    expect(await failing(call({ automationId: 'nosuchautomation' }))).toMatchObject({
      name: 'Lodge.AutomationNotFound',
    });
    expect(entries).toMatchObject([{ kind: 'run', outcome: 'refused', code: 'AUTOMATION_NOT_FOUND' }]);
  });

  it('is one run, however often its schedule is delivered, at once or later', async () => {
    const { call, automation, runs, opened, objects } = await memoryRunner();
    const input = (name: string) => ({
      automationId: automation.id,
      scheduledAt: '2026-11-24T03:00:00Z',
      execution: executionOf(name),
    });
    const [one, two] = await Promise.allSettled([call(input('first')), call(input('second'))]);
    const done = [one, two].find(({ status }) => status === 'fulfilled');
    expect([one, two].find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'Lodge.RunInProgress' },
    });
    const { value } = done as PromiseFulfilledResult<object>;
    expect(await call(input('third'))).toEqual({ ...value, again: true });
    expect((await runs.list({ automationId: automation.id, limit: 9 })).runs).toHaveLength(1);
    expect([opened.opened, objects.size]).toEqual([1, 1]);
  });
});

describe('a run is refused', () => {
  it.each<[string, Parameters<typeof memoryRunner>[0], object, string, string]>([
    ['without its script', {}, { scriptId: 'nosuchscript' }, 'Lodge.ScriptNotFound', 'There is no such script'],
    [
      'without that version',
      {},
      { version: 7 },
      'Lodge.ScriptNotFound',
      '“Late orders” has no version 7. Its newest is version 1: name that one',
    ],
    ['with a private script', { script: { shared: false } }, {}, 'Lodge.ScriptNotFound', 'Ask its owner to share it'],
    [
      'with a script of another notation',
      { script: { engine: 'mysql' } },
      {},
      'Lodge.EngineUnsupported',
      'The script is written for MySQL, and shop is PostgreSQL. Name a resource of that engine',
    ],
    [
      'with a role that is not allowed',
      {},
      { roleArn: 'arn:aws:iam::111122223333:role/Admin' },
      'Lodge.RoleNotAllowed',
      'An administrator decides',
    ],
    [
      'without its resource',
      {},
      { resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:gone' },
      'Lodge.ResourceNotFound',
      'no such resource',
    ],
    [
      'with a parameter that is not declared',
      {},
      { parameters: { x: '1' } },
      'Lodge.ParameterInvalid',
      'parameters.x is no parameter of this script.',
    ],
    [
      'without a parameter',
      { script: { parameters: [{ name: 'day', type: 'date', required: true }] } },
      {},
      'Lodge.ParameterInvalid',
      'parameters.day is missing.',
    ],
    [
      'without a login that needs nobody',
      { found: resource({ iamLogin: false }) },
      {},
      'Lodge.LoginFailed',
      'Name a login',
    ],
    [
      'at an endpoint that is none',
      {},
      { endpoint: 'elsewhere' },
      'Lodge.InputInvalid',
      'endpoint is no endpoint of shop.',
    ],
  ])('%s: in words, and on the record', async (_what, wanted, changes, name, words) => {
    const { call, plan, opened, runs, entries, objects } = await memoryRunner(wanted);
    const error = await failing(call({ ...plan, ...changes }));
    expect([error.name, error.message]).toEqual([name, expect.stringContaining(words)]);
    expect([opened.opened, objects.size]).toEqual([0, 0]);
    expect((await runs.list({ limit: 2 })).runs).toMatchObject([
      { state: 'failed', error: { message: error.message } },
    ]);
    expect(entries).toHaveLength(1);
  });

  it('before the claim, which the record says from its first day on', async () => {
    const { call, plan, entries, script } = await memoryRunner({ ports: { store: memoryStore().store } });
    expect(await failing(call(plan))).toMatchObject({ name: 'Lodge.NotClaimed' });
    expect(entries).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        code: 'NOT_CLAIMED',
        script: { id: script.id, name: '', version: 0 },
        assumed: ROLE,
      }),
    ]);
  });

  it('where the table is silent, with the name of its execution in the log', async () => {
    const { runs } = memoryRuns();
    const begin = () => Promise.reject(new AppError('AWS_UNAVAILABLE'));
    const { call, automation, lines, entries } = await memoryRunner({ ports: { runs: { ...runs, begin } } });
    const execution = executionOf('nightly');
    expect(await failing(call({ automationId: automation.id, execution }))).toMatchObject({
      name: 'Lodge.AwsUnavailable',
    });
    expect(lines).toMatchObject([{ fields: { automation: automation.id, execution: execution.arn } }]);
    expect(entries).toMatchObject([{ code: 'AWS_UNAVAILABLE', execution: execution.arn }]);
  });
});

describe('an input that is none', () => {
  it('is told by the names of its fields', async () => {
    const { call, plan } = await memoryRunner();
    const error = await failing(call({ ...plan, roleArn: 'admin', limits: { rows: 0 } }));
    expect(error.name).toBe('Lodge.InputInvalid');
    expect(error.message).toMatch(/roleArn is not the ARN of a role; limits\.rows /);
    const { scriptId: _, ...rest } = plan;
    expect((await failing(call(rest))).message).toBe('The input of the run is not valid. scriptId is missing.');
    for (const event of [null, 'x', [], {}, { automationId: '../x' }, { check: {} }])
      expect(await failing(call(event))).toMatchObject({ name: 'Lodge.InputInvalid' });
  });

  it('stands in the record with what of it is valid, and never with a value', async () => {
    const { call, plan, script, entries, runs } = await memoryRunner();
    const execution = executionOf('nightly');
    const parameters = { 'Ann, 4711': ['a row'], day: 7 };
    await failing(call({ ...plan, version: 3, execution, parameters, output: { format: 'a row' } }));
    await failing(
      call({ scriptId: 'a row', resourceId: 'a row', roleArn: 'a row', execution: { arn: execution.arn } }),
    );
    expect(entries).toMatchObject([
      {
        kind: 'run',
        outcome: 'refused',
        code: 'INPUT_INVALID',
        script: { id: script.id, version: 3 },
        resource: { id: plan.resourceId, region: 'eu-central-1' },
        assumed: ROLE,
        execution: execution.arn,
        change: expect.stringMatching(/parameters\.….*parameters\.day .*output\.format /),
      },
      { outcome: 'refused', code: 'INPUT_INVALID', execution: execution.arn },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/a row|Ann|4711/);
    expect((await runs.list({ limit: 1 })).runs).toEqual([]);
  });

  it('stands in the history of the automation that it names, too', async () => {
    const { call, automation, entries, runs, opened, script } = await memoryRunner();
    const input = { automationId: automation.id, execution: executionOf('nightly'), firstRows: 1_000 };
    const { message } = await failing(call(input));
    const { runs: kept } = await runs.list({ automationId: automation.id, limit: 2 });
    expect(kept).toMatchObject([
      {
        state: 'failed',
        execution: { name: 'nightly' },
        script: { name: 'Late orders' },
        error: { code: 'INPUT_INVALID', message },
      },
    ]);
    expect(message).toContain('firstRows');
    const told = { id: script.id, name: 'Late orders', version: 1 };
    expect(entries).toMatchObject([
      { outcome: 'refused', automation: { id: automation.id, name: 'Nightly' }, script: told, change: message },
    ]);
    expect(opened.opened).toBe(0);
  });

  it('stands in the record alone where there is no such automation', async () => {
    const { call, entries } = await memoryRunner();
    await failing(call({ automationId: 'nosuchautomation', firstRows: -1 }));
    expect(entries).toMatchObject([{ code: 'INPUT_INVALID', automation: { id: 'nosuchautomation' } }]);
  });

  it('lets nobody wait for its token', async () => {
    const { call, plan, told, entries } = await memoryRunner();
    expect(await call({ ...plan, roleArn: 'admin', taskToken: 'token' })).toBeUndefined();
    const message = expect.stringContaining('roleArn is not the ARN of a role');
    expect(told.told).toEqual([['token', { name: 'Lodge.InputInvalid', message }]]);
    expect(entries).toHaveLength(1);
  });

  it('is no run where it is a check', async () => {
    const { call, entries } = await memoryRunner();
    await failing(call({ check: {} }));
    expect(entries).toEqual([]);
  });

  it('is tried again where its record cannot be written', async () => {
    const { audit } = memoryAudit({ failing: true });
    const { call, plan } = await memoryRunner({ ports: { audit } });
    expect(await failing(call({ ...plan, roleArn: 'admin' }))).toMatchObject({ name: 'Lodge.AuditFailed' });
  });
});

describe('a script that has changed since its automation was saved', () => {
  /** The newest version, changed as its owner may. */
  const changed = async (
    { scripts, script }: Awaited<ReturnType<typeof memoryRunner>>,
    changes: Partial<ScriptDraft>,
  ): Promise<void> => {
    const { id, revision, version: _, owner: __, createdAt: ___, changed: ____, ...draft } = script;
    await scripts.change(id, revision, { ...draft, ...changes }, MARIA);
  };

  it('runs as it was saved, with the parameters and the engine of then', async () => {
    const runner = await memoryRunner();
    await changed(runner, { engine: 'mysql', parameters: [{ name: 'day', type: 'date', required: true }], text: 'x' });
    expect(await runner.call({ automationId: runner.automation.id })).toMatchObject({ version: 1, newestVersion: 2 });
  });

  it('tells who runs the newest which parameters that one takes', async () => {
    const runner = await memoryRunner({ script: { parameters: [{ name: 'since', type: 'date', required: true }] } });
    await changed(runner, { parameters: [{ name: 'day', type: 'date', required: true }], text: 'select :day' });
    const { name, message } = await failing(runner.call({ ...runner.plan, parameters: { since: '2026-11-24' } }));
    expect([name, message]).toEqual([
      'Lodge.ParameterInvalid',
      expect.stringContaining(
        'parameters.day is missing; parameters.since is no parameter of this script. Version 2 of the script takes day (date).',
      ),
    ]);
  });

  it.each(['was deleted', 'was made private by its owner'])(
    '%s: the automation of another says what to do',
    async (what) => {
      const owner = { id: 'aws:111122223333:AIDABOB', name: 'bob' };
      const runner = await memoryRunner({ automation: { owner } });
      if (what === 'was deleted') await runner.scripts.remove(runner.script.id);
      else await changed(runner, { shared: false });
      const { name, message } = await failing(runner.call({ automationId: runner.automation.id }));
      expect([name, message]).toEqual([
        'Lodge.ScriptNotFound',
        'There is no such script, or its owner keeps it private. Ask its owner to share it, or name another script.',
      ]);
      const { runs } = await runner.runs.list({ automationId: runner.automation.id, limit: 1 });
      expect(runs).toMatchObject([{ state: 'failed', error: { code: 'SCRIPT_NOT_FOUND', message } }]);
    },
  );
});

describe('a run fails', () => {
  it('with the words of the database, and nothing is left of its object', async () => {
    const error = new AppError('STATEMENT_FAILED', {
      message: 'division by zero',
      details: { native: { code: '22012', detail: 'a row' }, statement: 1 },
    });
    const { call, plan, objects, uploads, runs, entries } = await memoryRunner({ run: breaking(error) });
    const failure = await failing(call(plan));
    expect([failure.name, failure.message]).toEqual([
      'Lodge.StatementFailed',
      'division by zero (statement 2 of the script)',
    ]);
    expect([objects.size, uploads.aborted]).toEqual([0, 1]);
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([
      { state: 'failed', rows: 2, error: { code: 'STATEMENT_FAILED' } },
    ]);
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'STATEMENT_FAILED', rows: 2 }]);
  });

  it('where S3 refuses its result', async () => {
    const { bucket, objects, seen } = memoryBucket({ refusing: new AppError('OUTPUT_FAILED') });
    const { call, plan, runs, entries } = await memoryRunner({ ports: { results: bucket } });
    expect(await failing(call(plan))).toMatchObject({ name: 'Lodge.OutputFailed' });
    expect([objects.size, seen.aborted]).toEqual([0, 1]);
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ state: 'failed' }]);
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'OUTPUT_FAILED' }]);
  });

  it.each<[ErrorCode, boolean, string]>([
    ['DATABASE_LOST', true, 'Lodge.DatabaseLost'],
    ['DATABASE_LOST', false, 'Lodge.OutcomeUnknown'],
    ['THROTTLED', false, 'Lodge.OutcomeUnknown'],
    ['CONNECTOR_FAILED', false, 'Lodge.OutcomeUnknown'],
    ['STATEMENT_FAILED', false, 'Lodge.StatementFailed'],
  ])('after %s, read-only: %s, by the name %s', async (code, readOnly, name) => {
    const { call, plan } = await memoryRunner({ run: breaking(new AppError(code)) });
    expect(await failing(call({ ...plan, readOnly }))).toMatchObject({ name });
  });

  it('without a word about what nobody meant', async () => {
    const { call, plan } = await memoryRunner({ run: breaking(new TypeError('secret of a row')) });
    const error = await failing(call(plan));
    expect(error.name).toBe('Lodge.Internal');
    expect(JSON.stringify([error.message, error.stack])).not.toContain('secret');
  });

  it('is not done twice where it may have written: the same again fails as it did', async () => {
    const { call, plan, opened } = await memoryRunner({ run: breaking(new AppError('DATABASE_LOST')) });
    const input = { ...plan, readOnly: false, execution: executionOf('nightly') };
    const first = await failing(call(input));
    const second = await failing(call(input));
    expect([second.name, second.message]).toEqual([first.name, first.message]);
    expect(opened.opened).toBe(1);
  });

  it('but is done where it was refused before it began, once that is mended', async () => {
    const refusals = [new AppError('ROLE_NOT_ASSUMABLE')];
    const roles: RunRoles = {
      async take() {
        const refusal = refusals.pop();
        if (refusal) throw refusal;
        return {
          credentials: { accessKeyId: 'ASIA', secretAccessKey: 's' },
          expiresAt: new Date(Date.now() + 900_000),
        };
      },
    };
    const { call, plan, runs, opened } = await memoryRunner({ ports: { roles } });
    const input = { ...plan, readOnly: false, execution: executionOf('nightly') };
    expect(await failing(call(input))).toMatchObject({ name: 'Lodge.RoleNotAssumable' });
    expect(opened.opened).toBe(0);
    expect(await call(input)).toMatchObject({ rows: 2 });
    expect((await runs.list({ limit: 2 })).runs).toMatchObject([{ attempt: 2, state: 'succeeded' }]);
  });

  it('and is done again where it only reads, as the next attempt', async () => {
    let times = 0;
    const { call, plan, runs } = await memoryRunner({
      run: () => {
        times += 1;
        return times === 1 ? breaking(new AppError('DATABASE_LOST'))() : twoRows();
      },
    });
    const input = { ...plan, execution: executionOf('nightly') };
    await failing(call(input));
    expect(await call(input)).toMatchObject({ rows: 2 });
    expect((await runs.list({ limit: 2 })).runs).toMatchObject([{ attempt: 2, state: 'succeeded' }]);
  });

  it('with a history that cannot be written at its end answers all the same, and says so in the log', async () => {
    const { runs } = memoryRuns();
    const end = () => Promise.reject(new AppError('AWS_UNAVAILABLE'));
    const { call, plan, lines } = await memoryRunner({ ports: { runs: { ...runs, end } } });
    expect(await call(plan)).toMatchObject({ rows: 2 });
    expect(lines.map(({ message }) => message)).toEqual(['run end not written', 'run']);
  });
});

describe('a run that is under way', () => {
  it('is stopped in the database when somebody says so', async () => {
    const { call, plan, runs, opened, entries, objects } = await memoryRunner({ run: endless });
    const running = failing(call(plan));
    while (opened.opened === 0) await new Promise(setImmediate);
    for (const run of (await runs.list({ limit: 1 })).runs) await runs.stop(run);
    expect(await running).toMatchObject({ name: 'Lodge.Cancelled', message: 'The run was stopped.' });
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ state: 'cancelled' }]);
    expect(entries).toMatchObject([{ outcome: 'cancelled' }]);
    expect([opened.closed, objects.size]).toEqual([1, 0]);
  });

  it('ends by itself before the time of its function is over', async () => {
    const { call, plan, runs, entries, opened } = await memoryRunner({ run: endless });
    expect(await failing(call(plan, 20_050))).toMatchObject({ name: 'Lodge.TimedOut' });
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([
      { state: 'failed', error: { code: 'STATEMENT_TIMEOUT' } },
    ]);
    expect(entries).toMatchObject([{ outcome: 'cut', code: 'STATEMENT_TIMEOUT' }]);
    expect(opened.closed).toBe(1);
  });

  it('says how it ended also where the database does not hear that it shall stop', async () => {
    async function* silent(): AsyncGenerator<ResultEvent> {
      await new Promise(() => undefined);
    }
    const { call, plan, runs } = await memoryRunner({ run: silent, ports: { graceMs: 20 } });
    expect(await failing(call(plan, 20_050))).toMatchObject({ name: 'Lodge.TimedOut' });
    expect((await runs.list({ limit: 1 })).runs).toMatchObject([{ error: { code: 'STATEMENT_TIMEOUT' } }]);
  });

  it('ends where its history cannot be written any more, before others take it for cut', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const { runs } = memoryRuns();
      const progress = () => Promise.reject(new AppError('AWS_UNAVAILABLE'));
      const { call, plan, opened } = await memoryRunner({
        run: endless,
        ports: { beatMs: 5_000, runs: { ...runs, progress } },
      });
      const running = failing(call(plan, 600_000));
      while (opened.opened === 0) await new Promise(setImmediate);
      await jest.advanceTimersByTimeAsync(LEASE_SECONDS * 1_000);
      expect(await running).toMatchObject({
        name: 'Lodge.AwsUnavailable',
        message: expect.stringContaining('history'),
      });
    } finally {
      jest.useRealTimers();
    }
  });
});
