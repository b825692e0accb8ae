import { exactTime, fromLocalInput, relativeTime, toLocalInput, zonedTime } from '../../../frontend/src/app/times.ts';

/** A moment of the time in which this runs, whatever its zone is. */
const local = new Date(2026, 10, 24, 9, 5, 3).toISOString();

describe('a moment', () => {
  it('is as wide as every other, and sorts as it reads', () => expect(exactTime(local)).toBe('2026-11-24 09:05:03'));
  it('says in which zone it is told', () =>
    expect(zonedTime(local)).toMatch(/^2026-11-24 09:05:03 \(UTC([+-]\d\d:\d\d)?\)$/));
  it.each([
    ['2026-11-24T12:00:30.000Z', 'just now'],
    ['2026-11-24T11:59:00.000Z', '2 minutes ago'],
    ['2026-11-24T09:00:00.000Z', '3 hours ago'],
    ['2026-11-23T10:00:00.000Z', 'yesterday'],
    ['2026-05-01T10:00:00.000Z', '6 months ago'],
    ['2024-05-01T10:00:00.000Z', '2 years ago'],
    ['2026-11-24T12:05:00.000Z', 'just now'],
  ])('%s is %s', (iso, said) => expect(relativeTime(iso, new Date('2026-11-24T12:01:00.000Z'))).toBe(said));
  it('goes through an input of the browser and back', () => expect(fromLocalInput(toLocalInput(local))).toBe(local));
  it.each(['', 'yesterday'])('that is %j is none', (text) => expect(fromLocalInput(text)).toBeUndefined());
});
