import {
  keyPreview,
  limitsText,
  notifyText,
  partText,
  RUN_STATES,
  runRows,
  sizeOf,
  startedByText,
  tookText,
} from '../../../../frontend/src/features/automations/run-words.ts';

const startedAt = '2026-11-24T12:00:00.000Z';

describe('a run in words', () => {
  it('tells its state by a word and an icon, and none by its colour alone', () => {
    const states = Object.values(RUN_STATES);
    expect(new Set(states.map(({ word }) => word)).size).toBe(states.length);
    expect(new Set(states.map(({ icon }) => icon)).size).toBe(states.length);
  });

  it('takes until its end, and until now while it has none', () => {
    const now = new Date('2026-11-24T12:02:05.000Z');
    expect(tookText({ startedAt }, now)).toBe('2:05 min');
    expect(tookText({ startedAt, endedAt: '2026-11-24T12:00:01.500Z' }, now)).toBe('1.50 s');
  });

  it('counts what it gave, else what it changed', () => {
    const answer = { affected: 3 } as never;
    expect([{ rows: 1_024 }, { rows: 0, answer }, { rows: 0 }].map(runRows)).toEqual(['1,024', '3 changed', '0']);
  });

  it('says which part of it is under way, or is waited for', () => {
    const part = { number: 2, from: 3, statements: 7 };
    expect([{}, { part }, { part: { ...part, waiting: true as const } }].map(partText)).toEqual([
      undefined,
      '2, from statement 4 of 7',
      '2, from statement 4 of 7, waits for its turn',
    ]);
  });

  it.each([
    ['running', 2_048, '2.0 KB'],
    ['succeeded', 2_048, '2.0 KB'],
    ['succeeded', 0, undefined],
    ['failed', 2_048, undefined],
    ['cancelled', 2_048, undefined],
  ] as const)('that is %s after %i bytes has the size %s: no half of an object stays', (state, bytes, size) =>
    expect(sizeOf({ state, bytes })).toBe(size),
  );

  it('was started by somebody, by its schedule or by a machine', () =>
    expect([{ startedBy: { id: 'ada', name: 'Ada' } }, { scheduledAt: startedAt }, {}].map(startedByText)).toEqual([
      'Ada',
      'its schedule',
      'a state machine',
    ]));
});

describe('what becomes of its rows', () => {
  it('stands below the folder of results, whatever slashes are typed', () => {
    expect(keyPreview('box', '', 'csv')).toBe('s3://box/results/<run>.csv');
    expect(keyPreview('box', 'nightly/orders/', 'parquet')).toBe('s3://box/results/nightly/orders/<run>.parquet');
  });

  it('is limited as it was asked, else as the instance is', () => {
    expect(limitsText({ rows: 1_000, seconds: 1 })).toBe('1,000 rows at most, 1 second at most');
    expect(limitsText({})).toBe('Those of the instance');
  });

  it('is told where there is a topic', () => {
    expect(notifyText('always', true)).toBe('After each run');
    expect(notifyText('always', false)).toContain('no topic');
  });
});
