import { declaredIn, namesIn, usedIn } from '../../../../frontend/src/features/scripts/declared.ts';

const days = { name: 'days', type: 'integer' as const, required: false, default: '7' };

describe('the parameters of a text', () => {
  it('are named once each, in the order in which they are read', () => {
    expect(namesIn("select :b, :a, ':c', :b::int", 'postgres')).toEqual(['b', 'a']);
  });

  it('are as they were declared; others are texts that are needed, and those of no text are left out', () => {
    const declared = [days, { ...days, name: 'gone' }];
    expect(declaredIn('select :since, :days', 'postgres', declared)).toEqual([
      { name: 'since', type: 'text', required: true },
      days,
    ]);
  });

  it('are fifty at most, as a script may have', () => {
    const text = Array.from({ length: 60 }, (_, at) => `:p${at}`).join(', ');
    expect(declaredIn(text, 'postgres')).toHaveLength(50);
  });

  it('of a part are given what that part names, and nothing where it names none', () => {
    const since = { name: 'since', type: 'date' as const, required: true };
    const all = { declared: [since, days], values: { since: '2026-01-01', days: null } };
    expect(usedIn('select :days', 'postgres', all)).toEqual({ declared: [days], values: { days: null } });
    expect(usedIn('select 1', 'postgres', all)).toBeUndefined();
  });
});
