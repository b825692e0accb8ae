import { ApiError } from '../../../../frontend/src/api.ts';
import { openRevised } from '../../../../frontend/src/features/pages/revised.ts';
import { changedFields } from '../../../../frontend/src/features/pages/revision.ts';

const form = { name: 'Kontor', minutes: '60' };
type Form = typeof form;

/** A server that keeps one form, and a storage. */
function server() {
  let kept = { form, revision: 1 };
  const items = new Map<string, string>();
  const passing = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const answer = () => ({ ...kept, view: `as of ${kept.revision}` });
  const write = async (next: Form, revision: number) => {
    if (revision !== kept.revision) throw new ApiError({ code: 'CHANGED_MEANWHILE', message: 'Changed.' });
    kept = { form: next, revision: revision + 1 };
    return answer();
  };
  const open = () => openRevised({ read: async () => answer(), write, passing, key: 'settings' });
  return { open, items, change: (change: Partial<Form>) => write({ ...kept.form, ...change }, kept.revision) };
}

describe('a form and its server', () => {
  it('saves, says so until the next change, and keeps nothing in the window', async () => {
    const { open, items } = server();
    const page = open();
    await page.load();
    page.change({ name: 'Harbour' });
    expect(items.size).toBe(1);
    expect(await page.save()).toBe('saved');
    expect(items.size).toBe(0);
    expect(page.state.get()).toMatchObject({ saved: true, view: 'as of 2', now: { base: { name: 'Harbour' } } });
    page.change({ name: 'Office' });
    expect(page.state.get().saved).toBe(false);
  });

  it('has its changes still when one comes back, and none after they were discarded', async () => {
    const { open } = server();
    const before = open();
    await before.load();
    before.change({ minutes: 'ninety' });
    const after = open();
    await after.load();
    expect(after.state.get().now?.mine.minutes).toBe('ninety');
    after.discard();
    const last = open();
    await last.load();
    expect(last.state.get().now?.mine).toEqual(form);
  });

  it('takes in what somebody else has saved, and writes on top of it', async () => {
    const { open, change } = server();
    const page = open();
    await page.load();
    page.change({ name: 'Harbour' });
    await change({ minutes: '120' });
    expect(await page.save()).toBe('refused');
    expect(page.state.get().refusal).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(page.state.get().now?.mine).toEqual({ name: 'Harbour', minutes: '120' });
    expect(await page.save()).toBe('saved');
  });

  it('does not stop for somebody who has saved the same as it was', async () => {
    const { open, change } = server();
    const page = open();
    await page.load();
    page.change({ name: 'Harbour' });
    await change({});
    expect(await page.save()).toBe('saved');
    expect(page.state.get()).toMatchObject({ refusal: undefined, now: { revision: 3, base: { name: 'Harbour' } } });
  });

  it('writes nothing while nobody has said whose value it is to be', async () => {
    const { open, change } = server();
    const page = open();
    await page.load();
    page.change({ name: 'Harbour' });
    await change({ name: 'Office' });
    expect(await page.save()).toBe('refused');
    expect(await page.save()).toBe('undecided');
    page.choose('name', 'theirs');
    expect(page.state.get().now && changedFields(page.state.get().now as never)).toEqual([]);
  });

  it('asks again before it overwrites what they have changed once more', async () => {
    const { open, change } = server();
    const page = open();
    await page.load();
    page.change({ name: 'Harbour' });
    await change({ name: 'Office' });
    await page.save();
    page.choose('name', 'mine');
    await change({ name: 'Bureau' });
    expect(await page.save()).toBe('refused');
    expect(page.state.get().now?.news).toMatchObject([{ theirs: 'Bureau', clash: { yours: 'Harbour' } }]);
    expect(await page.save()).toBe('undecided');
  });

  it('finds out when one comes back to changes that were made on an older state', async () => {
    const { open, change } = server();
    const before = open();
    await before.load();
    before.change({ name: 'Harbour' });
    await change({ name: 'Office' });
    const after = open();
    await after.load();
    expect(after.state.get().now?.news).toMatchObject([
      { field: 'name', theirs: 'Office', clash: { yours: 'Harbour' } },
    ]);
  });

  it('does not take up what an older page has kept', async () => {
    const { open, items } = server();
    items.set('settings', JSON.stringify({ base: { other: 1 }, mine: { other: 2 }, revision: 1, news: [] }));
    const page = open();
    await page.load();
    expect(page.state.get().now?.mine).toEqual(form);
    items.set('settings', 'nonsense');
    const next = open();
    await next.load();
    expect(next.state.get().now?.mine).toEqual(form);
  });

  it('says why it could not be read, and reads again', async () => {
    let broken = true;
    const page = openRevised<Form, null>({
      read: async () => {
        if (broken) throw new ApiError({ code: 'NETWORK', message: 'No way.' });
        return { form, revision: 1, view: null };
      },
      write: async () => Promise.reject(new Error('Nobody writes')),
      passing: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
      key: 'k',
    });
    await page.load();
    expect(page.state.get().failure).toMatchObject({ code: 'NETWORK' });
    broken = false;
    await page.load();
    expect(page.state.get()).toMatchObject({ failure: undefined, now: { mine: form } });
  });
});
