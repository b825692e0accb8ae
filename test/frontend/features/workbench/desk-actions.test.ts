import type { SessionView } from '#contract/people.ts';
import { ApiError } from '../../../../frontend/src/api.ts';
import { type Desk, type OpenDialog, openDesk } from '../../../../frontend/src/features/workbench/desk.ts';
import {
  addAccount,
  chooseConnection,
  closeTabOf,
  connectTo,
  lookWhoIAm,
  newTab,
  openListedTable,
  openTable,
  openText,
  removeAccount,
  renewSession,
  setRun,
  tabToken,
} from '../../../../frontend/src/features/workbench/desk-actions.ts';
import { saveWorkspace } from '../../../../frontend/src/features/workbench/workspace.ts';
import { connection, resource, storage } from './demo.ts';

const session: SessionView = {
  user: { id: 'aws:111122223333:AIDAFAKE', arn: 'arn:aws:iam::111122223333:user/ada', name: 'ada', kind: 'user' },
  account: { id: '111122223333' },
  role: 'editor',
  expiresAt: '2030-01-01T00:00:00.000Z',
  instance: { claimed: true, name: 'Northwind' },
  regions: ['eu-central-1'],
};
const shop = connection('shop');

function deskWith(...connections: (typeof shop)[]): { desk: Desk; kept: Storage } {
  const kept = storage();
  saveWorkspace(kept, session.user.id, { version: 1, tabs: { tabs: [], closed: [] }, connections });
  const desk = openDesk(session, kept);
  desk.book.connections.set((all) => all.map((one) => ({ ...one, token: `token-of-${one.database}` })));
  return { desk, kept };
}
const dialog = (desk: Desk): OpenDialog => {
  const top = desk.dialogs.get().at(-1);
  if (!top) throw new Error('No dialog is open.');
  return top;
};
const activeTab = (desk: Desk) => {
  const { tabs, active } = desk.tabs.get();
  return tabs.find(({ id }) => id === active);
};

describe('tabs of the desk', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('show the first rows of a table that was opened, once, and run nothing else by themselves', () => {
    const { desk } = deskWith(shop);
    newTab(desk);
    expect(desk.opening.size).toBe(0);
    openTable(desk, shop, [{ kind: 'table', name: 'orders' }]);
    expect([...desk.opening]).toEqual([activeTab(desk)?.id]);
  });

  it('open where the tab in front works', () => {
    const { desk } = deskWith(shop);
    newTab(desk, desk.book.find(shop.key));
    newTab(desk);
    expect(desk.tabs.get().tabs.map(({ title, connectionKey }) => [title, connectionKey])).toEqual([
      ['Query 1', shop.key],
      ['Query 2', shop.key],
    ]);
  });

  it('open a table with the statement that reads it', () => {
    const { desk } = deskWith(shop);
    openTable(desk, shop, [
      { kind: 'schema', name: 'public' },
      { kind: 'table', name: 'order items' },
    ]);
    expect(activeTab(desk)).toMatchObject({
      title: 'order items',
      text: 'SELECT * FROM public."order items";',
      connectionKey: shop.key,
    });
  });

  it('leave nothing running behind when they close', () => {
    const { desk } = deskWith(shop);
    newTab(desk);
    const id = activeTab(desk)?.id ?? '';
    setRun(desk, id, { running: true, rows: 1, elapsedMs: 5 });
    closeTabOf(desk, id);
    expect([desk.tabs.get().tabs, desk.runs.get().size]).toEqual([[], 0]);
  });

  it('are saved a moment after they change, without tokens', () => {
    const { desk, kept } = deskWith(shop);
    newTab(desk);
    jest.runAllTimers();
    const again = openDesk(session, kept);
    expect(again.tabs.get().tabs).toEqual(desk.tabs.get().tabs);
    expect(again.book.find(shop.key)).toEqual(shop);
  });

  it('are saved at once when the page goes', () => {
    const { desk, kept } = deskWith(shop);
    newTab(desk);
    desk.save();
    expect(openDesk(session, kept).tabs.get().tabs).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the token of a tab', () => {
  it('is that of its connection', async () => {
    const { desk } = deskWith(shop);
    newTab(desk, desk.book.find(shop.key));
    await expect(tabToken(desk, activeTab(desk)?.id ?? '')).resolves.toBe('token-of-shop');
  });

  it('asks where to run where the tab has no connection, and remembers it', async () => {
    const { desk } = deskWith(shop);
    newTab(desk);
    const token = tabToken(desk, activeTab(desk)?.id ?? '');
    expect(dialog(desk).kind).toBe('choose');
    dialog(desk).answer({ connection: desk.book.find(shop.key) });
    await expect(token).resolves.toBe('token-of-shop');
    expect(activeTab(desk)?.connectionKey).toBe(shop.key);
    expect(desk.dialogs.get()).toEqual([]);
  });

  it('is refused where the user closes the question', async () => {
    const { desk } = deskWith(shop);
    newTab(desk);
    const token = tabToken(desk, activeTab(desk)?.id ?? '');
    dialog(desk).decline();
    await expect(token).rejects.toMatchObject({ code: 'DECLINED' });
    expect(activeTab(desk)).not.toHaveProperty('connectionKey');
  });

  it('connects first where a resource was chosen', async () => {
    const { desk } = deskWith(shop);
    newTab(desk);
    const chosen = chooseConnection(desk, activeTab(desk)?.id ?? '');
    dialog(desk).answer({ resource: resource('ledger') });
    await Promise.resolve();
    expect(dialog(desk)).toMatchObject({ kind: 'connect', resource: { name: 'ledger' } });
    dialog(desk).decline();
    await expect(chosen).rejects.toMatchObject({ code: 'DECLINED' });
  });
});

describe('a tab that ran elsewhere before', () => {
  const wanted = { resourceId: resource('ledger').id, engine: 'postgres', database: 'books' } as const;

  it('asks to connect there, with the database filled in', async () => {
    const { desk } = deskWith(shop);
    jest.spyOn(desk.explorer, 'found').mockReturnValue([{ resource: resource('ledger') }]);
    const token = tabToken(desk, openText(desk, { title: 'ledger', text: 'select 1', wanted }));
    expect(dialog(desk)).toMatchObject({ kind: 'connect', resource: { name: 'ledger' }, database: 'books' });
    desk.book.connections.set((all) => [...all, { ...connection('ledger'), token: 'token-of-ledger' }]);
    dialog(desk).answer(desk.book.find('key-of-ledger'));
    await expect(token).resolves.toBe('token-of-ledger');
    expect(activeTab(desk)?.connectionKey).toBe('key-of-ledger');
  });

  it('asks where to run where that is not found any more', async () => {
    const { desk } = deskWith(shop);
    const token = tabToken(desk, openText(desk, { title: 'ledger', text: 'select 1', wanted }));
    expect(dialog(desk).kind).toBe('choose');
    dialog(desk).decline();
    await expect(token).rejects.toMatchObject({ code: 'DECLINED' });
  });
});

describe('asking who one is', () => {
  const answers = (answer: () => Response) => {
    Object.assign(globalThis, { location: { origin: 'http://localhost' } });
    jest.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
  };
  afterEach(() => {
    jest.restoreAllMocks();
    Reflect.deleteProperty(globalThis, 'location');
  });

  it('shows the role that one has now', async () => {
    const { desk } = deskWith();
    answers(() => Response.json({ ...session, role: 'reader' }));
    await lookWhoIAm(desk);
    expect(desk.session.get().role).toBe('reader');
  });

  it('says why it is not answered', async () => {
    const { desk } = deskWith();
    const blocked = { code: 'USER_BLOCKED', message: 'An administrator has blocked this user.', requestId: 'r' };
    answers(() => Response.json(blocked, { status: 403 }));
    await lookWhoIAm(desk);
    expect(desk.toasts.get()).toMatchObject([{ text: blocked.message }]);
    expect(desk.session.get().role).toBe('editor');
  });
});

describe('connecting', () => {
  it('ends without a word where the user closes the dialog', async () => {
    const { desk } = deskWith();
    const connecting = connectTo(desk, { resource: resource('shop') });
    dialog(desk).decline();
    await expect(connecting).resolves.toBeUndefined();
    expect(desk.tabs.get().tabs).toEqual([]);
  });
});

describe('renewing the session', () => {
  it('asks once for all who wait, and drops the tokens of the old session', async () => {
    const { desk } = deskWith(shop);
    const waiting = [renewSession(desk, 'ended'), renewSession(desk, 'ended')];
    expect(desk.dialogs.get()).toHaveLength(1);
    const renewed = { ...session, expiresAt: '2031-01-01T00:00:00.000Z' };
    dialog(desk).answer(renewed);
    await Promise.all(waiting);
    expect(desk.session.get()).toEqual(renewed);
    expect(desk.book.find(shop.key)).not.toHaveProperty('token');
  });

  it('runs nothing of one user as another', async () => {
    const { desk } = deskWith(shop);
    const waiting = renewSession(desk, 'ended');
    dialog(desk).answer({ ...session, user: { ...session.user, id: 'aws:111122223333:AIDAOTHER' } });
    await expect(waiting).rejects.toMatchObject({ code: 'DECLINED' });
    expect(desk.session.get()).toEqual(session);
  });

  it('can be declined, and asked for again', async () => {
    const { desk } = deskWith();
    const first = renewSession(desk, 'ended');
    dialog(desk).decline();
    await expect(first).rejects.toMatchObject({ code: 'DECLINED' });
    const second = renewSession(desk, 'renew');
    dialog(desk).answer(session);
    await expect(second).resolves.toBeUndefined();
  });
});

describe('a resource that asks nothing', () => {
  const tables = resource('tables', { engine: 'dynamodb' });
  const made = connection('eu-central-1', { resource: tables, engine: 'dynamodb' });

  it('is opened without a form', async () => {
    const { desk } = deskWith();
    const connect = jest.spyOn(desk.book, 'connect').mockResolvedValue(made);
    const reveal = jest.spyOn(desk.explorer, 'reveal').mockReturnValue();
    expect(await connectTo(desk, { resource: tables })).toBe(made);
    expect(connect).toHaveBeenCalledWith({ resource: tables, login: { method: 'keys' }, options: {} });
    expect(reveal).toHaveBeenCalledWith(made);
    expect(desk.dialogs.get()).toEqual([]);
  });

  it('says in the corner why it cannot be opened', async () => {
    const { desk } = deskWith();
    const refused = new ApiError({ code: 'AWS_DENIED', message: 'Your keys do not allow dynamodb:ListTables.' });
    jest.spyOn(desk.book, 'connect').mockRejectedValue(refused);
    expect(await connectTo(desk, { resource: tables })).toBeUndefined();
    expect(desk.toasts.get()).toMatchObject([{ text: refused.message, tone: 'warning' }]);
  });

  it('serves a tab that chooses it', async () => {
    const { desk } = deskWith();
    jest.spyOn(desk.book, 'connect').mockResolvedValue(made);
    jest.spyOn(desk.explorer, 'reveal').mockReturnValue();
    newTab(desk);
    const chosen = chooseConnection(desk, activeTab(desk)?.id ?? '');
    dialog(desk).answer({ resource: tables });
    expect(await chosen).toBe(made);
    expect(activeTab(desk)?.connectionKey).toBe(made.key);
  });
});

describe('another account', () => {
  const roleArn = 'arn:aws:iam::444455556666:role/lodge';
  const partner = { name: 'Partner', roleArn };

  it('is asked for, and looked at once it is named', async () => {
    const { desk } = deskWith();
    const look = jest.spyOn(desk.explorer, 'discoverAccount').mockResolvedValue();
    const adding = addAccount(desk);
    expect(dialog(desk)).toMatchObject({ kind: 'account' });
    dialog(desk).answer(partner);
    await adding;
    expect(look).toHaveBeenCalledWith(roleArn);
    expect(desk.selection.get()).toEqual({ kind: 'account', roleArn });
  });

  it('is not looked at where the question is declined', async () => {
    const { desk } = deskWith();
    const look = jest.spyOn(desk.explorer, 'discoverAccount').mockResolvedValue();
    const adding = addAccount(desk);
    dialog(desk).decline();
    await adding;
    expect(look).not.toHaveBeenCalled();
  });

  it('takes its connections with it, and comes back with them', () => {
    const theirs = connection('crm', { assume: { roleArn } });
    const { desk } = deskWith(shop, theirs);
    jest.spyOn(desk.explorer, 'discoverAccount').mockResolvedValue();
    desk.accounts.put(partner);
    removeAccount(desk, partner);
    expect(desk.accounts.accounts.get()).toEqual([]);
    expect(desk.book.connections.get().map(({ key }) => key)).toEqual([shop.key]);
    desk.toasts.get()[0]?.action?.perform();
    expect(desk.accounts.accounts.get()).toEqual([partner]);
    expect(desk.book.connections.get().map(({ key }) => key)).toEqual([shop.key, theirs.key]);
  });

  it('lends its role to the connections that are made there', async () => {
    const { desk } = deskWith();
    const tables = resource('tables', { engine: 'dynamodb' });
    const connect = jest.spyOn(desk.book, 'connect').mockRejectedValue(new Error('enough'));
    desk.accounts.remember({ roleArn, externalId: 'kontor-7' });
    await connectTo(desk, { resource: tables, account: partner });
    const assume = { roleArn, externalId: 'kontor-7' };
    expect(connect).toHaveBeenCalledWith({ resource: tables, login: { method: 'keys' }, options: {}, assume });
  });
});

describe('a table that discovery has named', () => {
  it('is opened by connecting to its service', async () => {
    const { desk } = deskWith();
    const tables = resource('tables', { engine: 'dynamodb', tables: ['carts'] });
    const made = connection('tables', { resource: tables, engine: 'dynamodb' });
    jest.spyOn(desk.book, 'connect').mockResolvedValue(made);
    jest.spyOn(desk.explorer, 'reveal').mockReturnValue();
    await openListedTable(desk, { resource: tables }, 'carts');
    expect(activeTab(desk)).toMatchObject({ title: 'carts', connectionKey: made.key });
  });
});
