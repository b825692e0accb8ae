import type { SessionView } from '#contract/people.ts';
import { loadScreen } from '../../../frontend/src/app/start.ts';

const session = (claimed: boolean): SessionView => ({
  user: { id: 'aws:111122223333:AIDAFAKE', arn: 'arn:aws:iam::111122223333:user/ada', name: 'ada', kind: 'user' },
  account: { id: '111122223333' },
  ...(claimed ? { role: 'administrator' } : {}),
  expiresAt: '2030-01-01T00:00:00.000Z',
  instance: { claimed, name: claimed ? 'Northwind' : '' },
  regions: claimed ? ['eu-central-1'] : [],
});

/** Answers each path with a status and a body. */
function serve(answers: Record<string, [number, unknown] | Error>) {
  Object.assign(globalThis, { location: { origin: 'http://lodge.test' } });
  globalThis.fetch = async (url) => {
    const answer = answers[new URL(String(url)).pathname];
    if (!answer || answer instanceof Error) throw answer ?? new TypeError('failed to fetch');
    return new Response(JSON.stringify(answer[1]), { status: answer[0] });
  };
}
const refused = { code: 'SESSION_MISSING', message: 'Sign in first.', requestId: 'r-1' };
const instance = { claimed: true, name: 'Northwind' };

describe('loadScreen', () => {
  const { fetch } = globalThis;
  afterEach(() => {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'location');
  });

  it('asks for keys where nobody is signed in', async () => {
    serve({ '/api/instance': [200, instance], '/api/session': [401, refused] });
    await expect(loadScreen()).resolves.toEqual({ kind: 'sign-in', instance });
  });

  it('opens the workbench for who is signed in', async () => {
    serve({ '/api/instance': [200, instance], '/api/session': [200, session(true)] });
    await expect(loadScreen()).resolves.toEqual({ kind: 'workbench', session: session(true) });
  });

  it('goes on to the claim where the instance belongs to nobody', async () => {
    serve({ '/api/instance': [200, { claimed: false, name: '' }], '/api/session': [200, session(false)] });
    await expect(loadScreen()).resolves.toEqual({ kind: 'claim', session: session(false) });
  });

  it('does not take a broken server for a missing session', async () => {
    const broken = { code: 'INTERNAL', message: 'Something went wrong.', requestId: 'r-2' };
    serve({ '/api/instance': [200, instance], '/api/session': [500, broken] });
    await expect(loadScreen()).rejects.toMatchObject({ code: 'INTERNAL', requestId: 'r-2' });
  });

  it('says that Lodge cannot be reached where it cannot', async () => {
    serve({ '/api/instance': new TypeError('failed to fetch'), '/api/session': [401, refused] });
    await expect(loadScreen()).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
