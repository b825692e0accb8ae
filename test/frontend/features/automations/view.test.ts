import { fromFragment, toFragment, type View } from '../../../../frontend/src/features/automations/view.ts';

describe('the view of automations in the URL', () => {
  it.each<View>([
    { kind: 'list' },
    { kind: 'make' },
    { kind: 'make', scriptId: 'script00001' },
    { kind: 'one', id: 'nightly0001' },
    { kind: 'change', id: 'nightly0001' },
  ])('keeps %j', (view) => expect(fromFragment(toFragment(view))).toEqual(view));

  it('is the list where it says nothing that is known', () =>
    expect(fromFragment('#else=1')).toEqual({ kind: 'list' }));
});
