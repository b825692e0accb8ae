import type { PermissionRecord } from '#contract/permissions.ts';
import { SERVICES } from '#contract/resources.ts';
import {
  endProbe,
  NOT_ASKED,
  openProber,
  receivePermission,
  sayProbe,
} from '../../../../frontend/src/features/permissions/probe.ts';

const allowed: PermissionRecord = {
  type: 'permission',
  title: 'RDS',
  state: 'allowed',
  actions: ['rds:DescribeDBInstances'],
  missing: [],
};
const denied: PermissionRecord = { ...allowed, title: 'DynamoDB', state: 'denied', missing: ['dynamodb:ListTables'] };
const all = (...records: PermissionRecord[]) => records.reduce(receivePermission, NOT_ASKED);
const services = Object.keys(SERVICES).length;

describe('the question which permissions one has', () => {
  it('has every service in its place before anything was answered', () => {
    expect(NOT_ASKED.permissions.map(({ title }) => title)).toEqual(Object.values(SERVICES).map(({ title }) => title));
    expect(sayProbe(NOT_ASKED)).toBe(`0 of ${services} answered…`);
  });

  it('puts an answer in its place, and what nobody expected at the end', () => {
    const alias = { ...allowed, title: 'Account alias' };
    const probe = all(allowed, alias);
    expect(probe.permissions[0]).toMatchObject({ title: 'RDS', state: 'allowed' });
    expect(probe.permissions.at(-1)).toMatchObject({ title: 'Account alias' });
    expect(receivePermission(probe, { type: 'heartbeat' })).toBe(probe);
  });

  it('does not know what was never answered', () => {
    const probe = endProbe(all(allowed, denied));
    expect(probe.state).toBe('done');
    expect(sayProbe(probe)).toBe(`1 allowed, 1 denied, ${services - 2} unknown.`);
    expect(probe.permissions[1]).toMatchObject({ state: 'unknown', message: 'There was no answer.' });
  });

  it('says that it failed, and keeps what had come', () => {
    const error: PermissionRecord = {
      type: 'error',
      error: { code: 'INTERNAL', message: 'Something.', requestId: 'r' },
    };
    const probe = all(allowed, error);
    expect(probe).toMatchObject({ state: 'failed', error: { message: 'Something.' } });
    expect(probe.permissions[0]?.state).toBe('allowed');
  });
});

describe('asking', () => {
  const answer = (...lines: readonly object[]) => {
    Object.assign(globalThis, { location: { origin: 'http://localhost' } });
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(text));
  };
  afterEach(() => {
    jest.restoreAllMocks();
    Reflect.deleteProperty(globalThis, 'location');
  });

  it('passes over what it does not know, and is done at the end record', async () => {
    answer(allowed, { type: 'from the future' }, denied, { type: 'end', elapsedMs: 3 });
    const prober = openProber();
    await prober.ask('eu-central-1');
    expect(prober.probe.get().state).toBe('done');
    expect(sayProbe(prober.probe.get())).toMatch(/^1 allowed, 1 denied/);
  });

  it('says that an answer without an end was cut', async () => {
    answer(allowed);
    const prober = openProber();
    await prober.ask('eu-central-1');
    expect(prober.probe.get()).toMatchObject({ state: 'failed', error: { code: 'STREAM_CUT' } });
  });
});
