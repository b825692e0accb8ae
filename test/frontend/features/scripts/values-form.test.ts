import type { Parameter } from '#contract/parameters.ts';
import {
  defaultProblem,
  firstTyped,
  problemsOf,
  valuesOf,
} from '../../../../frontend/src/features/scripts/values-form.ts';

const parameters: Parameter[] = [
  { name: 'days', type: 'integer', required: true, default: '7' },
  { name: 'since', type: 'date', required: false },
];

describe('the values of a run', () => {
  it('begin with the defaults, or with what was given last, null too', () => {
    expect(firstTyped(parameters)).toEqual({ days: '7', since: '' });
    expect(firstTyped(parameters, { days: null, since: '2026-01-01' })).toEqual({ days: '', since: '2026-01-01' });
  });

  it('are null where nothing stands, and leave out what the statement does not name', () => {
    expect(valuesOf(parameters, { days: '8', since: '', other: 'x' })).toEqual({ days: '8', since: null });
  });

  it('are told what is wrong with each, as the server would', () => {
    expect(problemsOf(parameters, { days: '8', since: '' })).toEqual({});
    expect(problemsOf(parameters, { days: '', since: '2026-02-30' })).toEqual({
      days: 'is missing',
      since: 'is no date such as 2026-11-24',
    });
    expect(problemsOf(parameters, { days: '1.5', since: '' })).toEqual({ days: 'is no whole number' });
  });
});

describe('a default', () => {
  it.each<[Partial<Parameter>, string | undefined]>([
    [{ type: 'integer', default: '7' }, undefined],
    [{ type: 'integer', default: 'seven' }, 'is no whole number'],
    [{ type: 'boolean', default: 'maybe' }, 'is neither true nor false'],
    [{ type: 'date' }, undefined],
  ])('%j: %s', (more, problem) => {
    expect(defaultProblem({ name: 'a', type: 'text', required: true, ...more })).toBe(problem);
  });
});
