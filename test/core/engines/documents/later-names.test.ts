import { LaterNames } from '#core/engines/documents/later-names.ts';

const told = (count: number, distinct = count): string | undefined => {
  const later = new LaterNames();
  for (let at = 0; at < count; at += 1) later.add(`f${String(at % distinct).padStart(6, '0')}`);
  const notice = later.notice('fields', 'batch');
  return notice && 'message' in notice ? notice.message : undefined;
};

describe('names that came late', () => {
  it('are told in order, with what they were late for', () => {
    expect(told(0)).toBeUndefined();
    expect(told(2)).toBe(
      'These fields came after the first batch and stand in the last column only: f000000, f000001.',
    );
  });
  it('are counted above twenty, each once', () => {
    expect(told(60, 20)).toMatch(/f000019\.$/);
    expect(told(23)).toMatch(/f000019 and 3 more\.$/);
    expect(told(3_000, 1_000)).toMatch(/f000019 and 980 more\.$/);
  });
  it('are not kept without bound', () => {
    expect(told(1_001)).toMatch(/f000019 and more than 980 more\.$/);
  });
});
