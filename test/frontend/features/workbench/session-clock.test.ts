import { sessionClock, WARN_MS } from '../../../../frontend/src/features/workbench/session-clock.ts';

const END = '2030-01-01T12:00:00.000Z';
const before = (ms: number) => sessionClock(END, Date.parse(END) - ms);
const MINUTE = 60_000;

describe('sessionClock', () => {
  it.each([
    [60 * MINUTE, { state: 'fine', text: '60 min left' }],
    [150 * MINUTE, { state: 'fine', text: '2 h 30 min left' }],
    [WARN_MS + 1, { state: 'fine', text: '5 min left' }],
    [WARN_MS, { state: 'ending', text: '5 min left' }],
    [1, { state: 'ending', text: '1 min left' }],
    [0, { state: 'ended', text: 'Session ended' }],
    [-MINUTE, { state: 'ended', text: 'Session ended' }],
  ])('says what is left %p ms before the end', (ms, said) => {
    expect(before(ms)).toEqual(said);
  });
});
