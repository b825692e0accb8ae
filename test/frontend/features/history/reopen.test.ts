import type { SessionView } from '#contract/people.ts';
import { connectionFor, reopen } from '../../../../frontend/src/features/history/reopen.ts';
import { openDesk } from '../../../../frontend/src/features/workbench/desk.ts';
import { entry } from '../audit/entries.ts';
import { connection, resource, storage } from '../workbench/demo.ts';

const session: SessionView = {
  user: { id: 'aws:111122223333:AIDAFAKE', arn: 'arn:aws:iam::111122223333:user/ada', name: 'ada', kind: 'user' },
  account: { id: '111122223333' },
  role: 'editor',
  expiresAt: '2030-01-01T00:00:00.000Z',
  instance: { claimed: true, name: 'Northwind' },
  regions: ['eu-central-1'],
};
const shop = connection('shop');
const active = (desk: ReturnType<typeof openDesk>) => {
  const { tabs, active: id } = desk.tabs.get();
  return tabs.find((tab) => tab.id === id);
};

describe('the connection of a statement of the record', () => {
  it('is one at its resource and database', () => {
    const others = [connection('other'), connection('shop', { key: 'postgres', database: 'postgres' })];
    expect(connectionFor(entry(), [...others, shop])).toBe(shop);
    expect(connectionFor(entry(), others)).toBeUndefined();
  });
  it('is that of the same database user, where there are several', () => {
    const owner = connection('shop', { key: 'owner', user: 'shop_owner', login: { method: 'secret', user: '' } });
    expect(connectionFor(entry(), [owner, shop])).toBe(shop);
    expect(connectionFor(entry({ databaseUser: 'shop_owner', login: 'secret' }), [shop, owner])).toBe(owner);
    expect(connectionFor(entry({ databaseUser: 'gone' }), [owner])).toBe(owner);
  });
});

describe('a statement that is opened again', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const deskOf = () => openDesk(session, storage());

  it('stands in a tab with its connection, and is not run', () => {
    const desk = deskOf();
    desk.book.connections.set([shop]);
    desk.place.go('/history');
    reopen(desk, entry());
    expect(active(desk)).toMatchObject({ text: 'select 1', title: 'shop', connectionKey: shop.key });
    expect([desk.opening.size, desk.place.get()]).toEqual([0, '/']);
  });

  it('remembers where it ran, where no connection is there', () => {
    const desk = deskOf();
    reopen(desk, entry());
    expect(active(desk)).toMatchObject({
      wanted: { resourceId: resource('shop').id, engine: 'postgres', database: 'shop' },
    });
    expect(active(desk)).not.toHaveProperty('connectionKey');
  });

  it('remembers of an engine that is not known any more what can be connected to', () => {
    const desk = deskOf();
    reopen(desk, entry({ resource: { id: 'arn:aws:x', engine: '', region: 'r' } }));
    expect(active(desk)?.wanted).toEqual({ resourceId: 'arn:aws:x', database: 'shop' });
  });

  it.each([
    [{ statementLength: 60_000 }, 'Only the beginning of this statement was recorded.'],
    [{ redacted: true }, 'Its strings and numbers were replaced before it was recorded.'],
  ])('says what of it is missing: %j', (more, said) => {
    const desk = deskOf();
    reopen(desk, entry(more));
    expect(desk.toasts.get().map(({ text }) => text)).toEqual([said]);
  });
});
