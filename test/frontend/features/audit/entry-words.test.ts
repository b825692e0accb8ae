import type { AuditEntry } from '#contract/audit.ts';
import { ENDINGS, endingOf, rowsText, whatOf, whoOf } from '../../../../frontend/src/features/audit/entry-words.ts';
import { entry } from './entries.ts';

const minutesAfter = (minutes: number) => new Date(Date.parse(entry().at) + minutes * 60_000);
const without = (...names: (keyof AuditEntry)[]): AuditEntry =>
  Object.fromEntries(
    Object.entries(entry()).filter(([name]) => !names.includes(name as keyof AuditEntry)),
  ) as AuditEntry;

describe('the end of a deed', () => {
  it('may still come while a function may run', () =>
    expect(endingOf(entry({ outcome: 'begun' }), minutesAfter(15))).toBe('begun'));
  it('that no function can write any more was not recorded', () => {
    const ending = endingOf(entry({ outcome: 'begun' }), minutesAfter(16));
    expect(ENDINGS[ending].word).toBe('No end recorded');
  });
  it('that was recorded stays as it is', () =>
    expect(endingOf(entry({ outcome: 'cut' }), minutesAfter(99))).toBe('cut'));
  it('is told by a word and an icon, and none by its colour alone', () => {
    const signs = Object.values(ENDINGS).map(({ icon, word }) => `${icon} ${word}`);
    expect(new Set(Object.values(ENDINGS).map(({ icon }) => icon)).size).toBe(signs.length);
    expect(new Set(signs).size).toBe(signs.length);
  });
});

describe('a deed in one line', () => {
  it('is its statement, without its lines', () =>
    expect(whatOf(entry({ statement: ' select\n\t1,\n  2 ' }))).toBe('select 1, 2'));
  it('is what was changed', () =>
    expect(whatOf(entry({ kind: 'user-change', change: 'role of maria: reader → editor' }))).toBe(
      'role of maria: reader → editor',
    ));
  it('is where somebody connected, and as whom', () =>
    expect(whatOf(entry({ kind: 'connection' }))).toBe('Connection to shop as app_iam'));
  it('is what a run was a run of, as far as it is known', () => {
    const script = { id: 'script00001', name: 'Orders', version: 3 };
    const automation = { id: 'nightly0001', name: 'Nightly' };
    const run = { kind: 'run', statement: 'select 1' } as const;
    expect(
      [{ script, automation }, { script }, { automation }, {}].map((known) => whatOf(entry({ ...run, ...known }))),
    ).toEqual(['Run: Nightly (Orders, version 3)', 'Run: Orders, version 3', 'Run: Nightly', 'Run: select 1']);
    expect(whatOf(entry({ kind: 'result', automation }))).toBe('Result of a run: Nightly');
    expect(whatOf({ ...without('statement'), kind: 'result' })).toBe('Result of a run');
  });
  it('is the commands where no text was recorded', () =>
    expect(whatOf({ ...without('statement'), commands: ['SELECT', 'UPDATE'] })).toBe('SELECT, UPDATE'));
  it('is cut where nobody reads on', () => expect(whatOf(entry({ statement: 'x'.repeat(9_999) }))).toHaveLength(400));
  it('may be nobody’s', () => expect([whoOf(entry()), whoOf(without('user'))]).toEqual(['maria', 'Nobody known']));
  it('counts what it read, else what it changed', () =>
    expect([{ rows: 1_024 }, { rows: 0, affected: 3 }, { rows: 0 }, {}].map(rowsText)).toEqual([
      '1,024',
      '3 changed',
      '0',
      '',
    ]));
});
