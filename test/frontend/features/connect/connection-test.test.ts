import type { TestRecord } from '#contract/connecting.ts';
import {
  type ConnectionTest,
  receiveStep,
  startTest,
  testConnection,
} from '../../../../frontend/src/features/connect/connection-test.ts';
import { resource } from '../workbench/demo.ts';

type Step = Extract<TestRecord, { type: 'step' }>;

const passed = (step: Step['step'], detail?: string): Step => ({
  ...{ type: 'step', step, state: 'passed', elapsedMs: 3 },
  ...(detail ? { detail } : {}),
});
const error = { code: 'DATABASE_TIMEOUT', message: 'Nothing answers.', requestId: 'r-1' };
const failed = (step: Step['step']): Step => ({ type: 'step', step, state: 'failed', elapsedMs: 5_000, error });
const end: TestRecord = { type: 'end', elapsedMs: 44 };
const received = (...records: TestRecord[]) => records.reduce(receiveStep, startTest());
const states = (test: ConnectionTest) => test.steps.map(({ state }) => state);

describe('a test of a connection', () => {
  it('begins with the first step', () => {
    expect(states(startTest())).toEqual(['running', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('goes on to the next step as one passes', () => {
    const test = received(passed('credentials'), passed('name', '10.0.0.7'));
    expect(states(test)).toEqual(['passed', 'passed', 'running', 'waiting', 'waiting', 'waiting']);
    expect(test.steps[1]).toEqual({ step: 'name', state: 'passed', elapsedMs: 3, detail: '10.0.0.7' });
    expect(test.state).toBe('running');
  });

  it('stops at the step that fails, with what was said of it', () => {
    const test = received(passed('credentials'), passed('name'), failed('route'), end);
    expect(states(test)).toEqual(['passed', 'passed', 'failed', 'waiting', 'waiting', 'waiting']);
    expect(test).toMatchObject({ state: 'failed', elapsedMs: 44 });
    expect(test.steps[2]?.error).toMatchObject({ code: 'DATABASE_TIMEOUT', message: 'Nothing answers.' });
  });

  it('says of a step that nobody spoke of that it was not needed', () => {
    const test = received(passed('credentials'), passed('login'), end);
    expect(states(test)).toEqual(['passed', 'skipped', 'skipped', 'skipped', 'skipped', 'passed']);
    expect(test.state).toBe('passed');
  });

  it('fails as a whole where no step can say why', () => {
    const test = received(passed('credentials'), { type: 'error', error });
    expect(test).toMatchObject({ state: 'failed', error: { message: 'Nothing answers.' } });
    expect(states(test)).not.toContain('running');
  });

  it('does not mind heartbeats', () => {
    const test = startTest();
    expect(receiveStep(test, { type: 'heartbeat' })).toBe(test);
  });
});

describe('asking for a test', () => {
  const { fetch } = globalThis;
  beforeEach(() => void Object.assign(globalThis, { location: { origin: 'http://lodge.test' } }));
  afterEach(() => {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'location');
  });
  const request = { resource: resource('shop'), login: { method: 'iam', user: 'app_iam' }, options: {} } as const;
  const answer = (...records: TestRecord[]) => {
    const bodies: unknown[] = [];
    globalThis.fetch = async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return new Response(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    };
    return bodies;
  };
  async function run(signal = new AbortController().signal) {
    let test = startTest();
    await testConnection(
      request,
      (change) => {
        test = change(test);
      },
      signal,
    );
    return test;
  }

  it('sends what connecting would send, and shows each step', async () => {
    const bodies = answer(passed('credentials'), passed('name'), failed('port'), end);
    expect(states(await run())).toEqual(['passed', 'passed', 'skipped', 'failed', 'waiting', 'waiting']);
    expect(bodies).toEqual([{ resourceId: request.resource.id, login: request.login }]);
  });

  it('says that an answer without an end was cut off', async () => {
    answer(passed('credentials'));
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'STREAM_CUT' } });
  });

  it('says why there is no answer at all', async () => {
    globalThis.fetch = async () => Response.json(error, { status: 404 });
    expect(await run()).toMatchObject({ state: 'failed', error: { code: 'DATABASE_TIMEOUT' } });
  });

  it('is quiet once it is stopped', async () => {
    const controller = new AbortController();
    globalThis.fetch = async (_, init) => {
      controller.abort();
      init?.signal?.throwIfAborted();
      return new Response('');
    };
    expect(await run(controller.signal)).toEqual(startTest());
  });
});
