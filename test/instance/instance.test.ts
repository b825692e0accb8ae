import { SessionView, type UserKind } from '#contract/people.ts';
import { InstanceSettings } from '#contract/settings.ts';
import { dynamoStore } from '#core/aws/store/store.ts';
import { ANY_ACCOUNT, ENV, readEnvironment } from '#core/env.ts';
import { serve } from '#core/http/serve.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { claimInstance } from '../../lambdas/instance/claim-instance.ts';
import { readInstance } from '../../lambdas/instance/read-instance.ts';
import { startDynamo } from '../support/dynamo.ts';
import { sessionOf } from '../support/people.ts';
import { memoryAudit, memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../support/ports.ts';
import { cookieHeader, jsonOf, request } from '../support/requests.ts';

const dataKeys = ownDataKeys();

function house(store = memoryStore().store, settings: Record<string, string> = { [ENV.accountId]: '111122223333' }) {
  const { clock, pass } = stoppedClock();
  const { audit, entries } = memoryAudit();
  const ports = { dataKeys, clock, store, audit };
  const door = guard(ports);
  const app = serve(
    { instance: readInstance(ports), claim: claimInstance(ports, readEnvironment(settings)) },
    door,
    recordingLog(),
  );
  const signedIn = async (userId: string, kind: UserKind = 'user') => {
    const user = { ...sessionOf('reader').user, id: userId, name: userId, kind };
    const { account } = sessionOf('reader');
    const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
    const credentials = {
      accessKeyId: 'ASIATESTONLY00000001',
      secretAccessKey: 'secret-of-a-test',
      sessionToken: 'token',
    };
    const { session, token } = await sealSession(dataKeys, { user, account, credentials, ...span });
    return { session, cookie: cookieHeader({ cookies: sessionCookies(token, span) }) };
  };
  return { app, door, signedIn, pass, store, entries };
}

const wish = { name: ' Harbour ', regions: ['eu-central-1', 'us-east-1', 'eu-central-1'] };
const claiming = (cookie: string, json: unknown = wish) =>
  request('POST', '/api/instance', { headers: { cookie }, json });
const ada = 'aws:111122223333:AIDAADA';
const bob = 'aws:111122223333:AIDABOB';
const eve = 'aws:999988887777:AIDAEVE';

test('everybody may know whether the instance is claimed and its name, and nothing more', async () => {
  const { app, signedIn } = house();
  expect(await jsonOf(await app(request('GET', '/api/instance')))).toEqual({ claimed: false, name: 'Lodge' });
  await app(claiming((await signedIn(ada)).cookie));
  expect(await jsonOf(await app(request('GET', '/api/instance')))).toEqual({ claimed: true, name: 'Harbour' });
});

test('the first to claim binds their account and becomes the administrator', async () => {
  const { app, signedIn, store, door } = house();
  const { session, cookie } = await signedIn(ada);
  const answer = await app(claiming(cookie));
  expect(answer.status).toBe(201);
  expect(SessionView.parse(await jsonOf(answer))).toMatchObject({
    role: 'administrator',
    instance: { claimed: true, name: 'Harbour' },
    regions: ['eu-central-1', 'us-east-1'],
  });
  expect(await store.instance()).toEqual({
    ...InstanceSettings.parse({ name: 'Harbour', regions: ['eu-central-1', 'us-east-1'] }),
    partition: 'aws',
    accountId: '111122223333',
    administratorArn: session.user.arn,
    claimedAt: '2026-11-23T10:00:00.000Z',
    revision: 1,
  });
  expect(await door.role(session)).toBe('administrator');
});

test('a second claim is too late', async () => {
  const { app, signedIn, store } = house();
  await app(claiming((await signedIn(ada)).cookie));
  const late = await app(claiming((await signedIn(bob)).cookie, { ...wish, name: 'Mine' }));
  expect([late.status, (await jsonOf(late)).code]).toEqual([409, 'ALREADY_CLAIMED']);
  expect((await store.instance())?.name).toBe('Harbour');
});

test('of fifty who claim at once, on a real table, exactly one is told that it is theirs', async () => {
  await using dynamo = await startDynamo('lodge');
  const { app, signedIn, door } = house(dynamoStore(dynamo.documents, 'lodge', () => new Date('2026-11-23T10:00:00Z')));
  const people = await Promise.all(Array.from({ length: 50 }, (_, at) => signedIn(`aws:111122223333:AIDA${at}`)));
  const answers = await Promise.all(people.map(({ cookie }) => app(claiming(cookie))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
  const roles = await Promise.all(people.map(({ session }) => door.role(session).catch(({ code }) => code)));
  expect(roles.toSorted()).toEqual([...Array(49).fill('SESSION_EXPIRED'), 'administrator']);
  expect(roles[answers.findIndex(({ status }) => status === 201)]).toBe('administrator');
});

test('those who signed in before the claim sign in again, so that they are seen; of another account not at all', async () => {
  const { app, signedIn, door, pass } = house();
  const [first, colleague, stranger] = await Promise.all([signedIn(ada), signedIn(bob), signedIn(eve)]);
  pass(10);
  await app(claiming(first.cookie));
  await expect(door.role(colleague.session)).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
  await expect(door.role(stranger.session)).rejects.toMatchObject({ code: 'ACCOUNT_REFUSED' });
});

describe('whoever may not claim is refused by the claim itself', () => {
  const refused = async (
    settings: Record<string, string>,
    who: [userId: string, kind?: UserKind],
  ): Promise<[status: number, code: string, message: string]> => {
    const { app, signedIn, store } = house(memoryStore().store, settings);
    const answer = await app(claiming((await signedIn(...who)).cookie));
    const { code, message } = await jsonOf(answer);
    expect(await store.instance()).toBeUndefined();
    return [answer.status, code, message];
  };
  const bound = { [ENV.accountId]: '111122223333' };

  test('users of another account, who are told no account', async () => {
    const [status, code, message] = await refused(bound, [eve]);
    expect([status, code]).toEqual([403, 'ACCOUNT_REFUSED']);
    expect(message).not.toMatch(/\d/);
  });

  test('the root user, unless a setting allows it', async () => {
    expect((await refused(bound, ['aws:111122223333:111122223333', 'root']))[1]).toBe('ROOT_REFUSED');
    const { app, signedIn } = house(memoryStore().store, { ...bound, [ENV.allowRoot]: 'true' });
    const { cookie } = await signedIn('aws:111122223333:111122223333', 'root');
    expect((await app(claiming(cookie))).status).toBe(201);
  });

  test('everybody, where no account is set', async () => {
    expect((await refused({}, [ada]))[1]).toBe('ACCOUNT_REFUSED');
  });

  test('nobody, where any account is, as on a machine of one’s own', async () => {
    const { app, signedIn } = house(memoryStore().store, { [ENV.accountId]: ANY_ACCOUNT });
    expect((await app(claiming((await signedIn(eve)).cookie))).status).toBe(201);
  });
});

test('a claim needs a session and the proof of our own page', async () => {
  const { app, signedIn, store } = house();
  expect((await app(request('POST', '/api/instance', { json: wish }))).status).toBe(401);
  const { cookie } = await signedIn(ada);
  const foreign = request('POST', '/api/instance', { headers: { cookie, 'x-lodge-request': '' }, json: wish });
  expect((await app(foreign)).status).toBe(403);
  expect(await store.instance()).toBeUndefined();
});

test('a claim that is not valid names each wrong field and binds nothing', async () => {
  const { app, signedIn, store } = house();
  const answer = await app(claiming((await signedIn(ada)).cookie, { name: ' ', regions: ['Frankfurt'] }));
  expect((await jsonOf(answer)).details.fields).toEqual([
    { path: 'body.name', message: 'is empty' },
    { path: 'body.regions.0', message: 'is not the name of an AWS region' },
  ]);
  expect(await store.instance()).toBeUndefined();
});

test('a claim leaves a record, and one that is too late, too', async () => {
  const { app, signedIn, entries } = house();
  await app(claiming((await signedIn(ada)).cookie));
  await app(claiming((await signedIn(bob)).cookie));
  expect(entries).toMatchObject([
    { kind: 'claim', outcome: 'succeeded', user: { id: ada }, change: expect.stringContaining('111122223333: ') },
    { kind: 'claim', outcome: 'refused', code: 'ALREADY_CLAIMED', user: { id: bob } },
  ]);
  expect(entries[0]?.change).toContain('name: Harbour');
});
