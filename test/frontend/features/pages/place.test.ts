import { openPlace } from '../../../../frontend/src/features/pages/place.ts';

/** A window with an address, as far as a place looks at it. */
function window(pathname: string) {
  const pushed: string[] = [];
  const location = { pathname };
  const listeners: (() => void)[] = [];
  const around = {
    location,
    history: { pushState: (_: unknown, __: string, url: string) => pushed.push(url) },
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  } as unknown as Window;
  const back = (to: string) => {
    location.pathname = to;
    for (const listener of listeners) listener();
  };
  return { around, pushed, back };
}

describe('the place of a page', () => {
  it('begins where the address is, and follows the way back', () => {
    const { around, back } = window('/audit');
    const place = openPlace(around);
    expect(place.get()).toBe('/audit');
    back('/users');
    expect(place.get()).toBe('/users');
  });

  it('goes to another page with what it looks for, and makes no step of standing still', () => {
    const { around, pushed } = window('/users');
    const place = openPlace(around);
    place.go('/users');
    place.go('/audit', '#kind=statement');
    expect([place.get(), pushed]).toEqual(['/audit', ['/audit#kind=statement']]);
  });
});
