import { ApiError } from '../../../../frontend/src/api.ts';
import { openUsers } from '../../../../frontend/src/features/users/open-users.ts';
import { endScript, scriptFetch } from '../audit/entries.ts';
import { known } from './known.ts';

const maria = known('maria');
const settled = () => new Promise((resolve) => setTimeout(resolve));
const refused = () =>
  Response.json({ code: 'LAST_ADMINISTRATOR', message: 'This is the last one.', requestId: 'r' }, { status: 409 });

afterEach(endScript);

describe('the users of the page', () => {
  it('are read page by page, and looked for by the server', async () => {
    const asked = scriptFetch(
      () => Response.json({ users: [maria], next: 'further' }),
      () => Response.json({ users: [known('tom')] }),
      () => Response.json({ users: [] }),
    );
    const users = openUsers();
    users.search('');
    await settled();
    users.list.more();
    await settled();
    expect(users.list.state.get()).toMatchObject({ rows: [{ name: 'maria' }, { name: 'tom' }], phase: 'end' });
    users.search(' zoe ');
    await settled();
    expect(users.list.state.get().rows).toEqual([]);
    expect(asked).toEqual([{ limit: 500 }, { limit: 500, cursor: 'further' }, { limit: 500, text: 'zoe' }]);
  });

  it('stand there as the server says after a change', async () => {
    const asked = scriptFetch(
      () => Response.json({ users: [maria] }),
      () => Response.json({ ...maria, role: 'editor' }),
    );
    const users = openUsers();
    users.search('');
    await settled();
    const changing = users.change(maria, { kind: 'role', role: 'editor' });
    expect(users.busy.get().has(maria.id)).toBe(true);
    expect(await users.change(maria, { kind: 'block' })).toBeUndefined();
    expect((await changing)?.role).toBe('editor');
    expect(users.list.state.get().rows[0]?.role).toBe('editor');
    expect(users.busy.get().size).toBe(0);
    expect(asked[1]).toEqual({ id: maria.id, change: { kind: 'role', role: 'editor' } });
    expect(asked).toHaveLength(2);
  });

  it('stay as they are where a change is refused, and say why until it is dismissed or tried again', async () => {
    scriptFetch(() => Response.json({ users: [maria] }), refused, refused);
    const users = openUsers();
    users.search('');
    await settled();
    expect(await users.change(maria, { kind: 'block' })).toBeUndefined();
    const refusal = users.refusals.get().get(maria.id);
    expect(refusal instanceof ApiError && refusal.code).toBe('LAST_ADMINISTRATOR');
    expect(users.list.state.get().rows).toEqual([maria]);
    users.dismiss(maria.id);
    expect(users.refusals.get().size).toBe(0);
  });
});
