import { titleOf } from '../../../frontend/src/app/title.ts';

describe('the title of the window', () => {
  it('names the page first, for that is what is seen of many tabs', () => {
    expect(titleOf('Kontor', 'Settings')).toBe('Settings · Kontor · Lodge');
    expect(titleOf('Kontor')).toBe('Kontor · Lodge');
  });

  it('does not name an instance that has no name yet', () => {
    expect(titleOf('Lodge')).toBe('Lodge');
    expect(titleOf('')).toBe('Lodge');
  });
});
