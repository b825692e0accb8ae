import { request, Agent } from 'node:http';
import { prepareGround } from '../ground/ground.ts';
import { basePorts } from '#core/aws/base-ports.ts';
import { readEnvironment, ENV } from '#core/env.ts';
import { median } from '../rounds.ts';
import { openSession } from '#core/session/session-token.ts';
import { openConnection } from '#core/session/connection-token.ts';
import { fork } from 'node:child_process';
process.env[ENV.allowLoopback] = 'true';
if (process.send) {
  const ports = basePorts(readEnvironment(), { info() {}, error() {} } as never);
  const take = async (name: string, f: () => Promise<unknown>, n = 200) => {
    const t: number[] = [];
    for (let i = 0; i < n + 50; i++) { const b = performance.now(); await f(); if (i >= 50) t.push(performance.now() - b); }
    console.log(name.padEnd(50), median(t).toFixed(2));
  };
  const { token, connection } = JSON.parse(process.env.T ?? '{}');
  const session = await openSession(ports.dataKeys, token, new Date());
  await take('open session (key in memory)', () => openSession(ports.dataKeys, token, new Date()));
  await take('open connection', () => openConnection(session, connection));
  await take('GetItem user', () => ports.store.user(session.user.id));
  await take('GetItem instance', () => ports.store.instance());
  await take('GetItem access', () => ports.store.access());
  await take('GetItem x2 parallel', () => Promise.all([ports.store.instance(), ports.store.access()]));
  await take('GetItem x3 parallel', () => Promise.all([ports.store.instance(), ports.store.access(), ports.store.user(session.user.id)]));
  await take('slot take', async () => { await (await ports.slots.take('bench', 1000000, 60)); }, 20);
  await take('slot take+release', async () => { await (await ports.slots.take('bench2', 10, 60)).release(); }, 100);
  await take('audit begin', () => ports.audit.begin({ kind: 'statement', requestId: 'r', address: '1', user: session.user } as never, 7), 100);
  await take('audit begin ∥ slot', () => Promise.all([ports.slots.take('bench3', 1000000, 60), ports.audit.begin({ kind: 'statement', requestId: 'r', address: '1', user: session.user } as never, 7)]), 20);
  process.exit(0);
} else {
  await using ground = await prepareGround();
  await using s = await ground.serve('shop');
  const child = fork(import.meta.filename, { stdio: 'inherit', env: { ...process.env, T: JSON.stringify(s.api) } , stdio: ['ignore','inherit','inherit','ipc']});
  await new Promise((r) => child.once('exit', r));
  const { session } = { session: 0 };
  // raw to DynamoDB Local
  const { loadSeed, derive } = await import('#core/local/account/seed.ts');
  const { ACCOUNT_ID, HOME_REGION, TABLE } = await import('#core/local/account/principals.ts');
  const { post } = await import('#core/local/dynamo-db/backend.ts');
  const { execSync } = await import('node:child_process');
  const seed = await loadSeed(ground.folder);
  const port = Number(/-port (\d+)/.exec(execSync('ps axww -o args | grep "[L]oopbackDynamoDb"').toString().split('\n').filter(l=>l.includes(ground.folder))[0])?.[1]);
  const key = derive(seed, `dynamo-db:${ACCOUNT_ID}`).toString('hex').slice(0, 20);
  const take = async (name: string, op: string, body: object, n=200) => {
    const t: number[] = [];
    for (let i = 0; i < n+50; i++) { const b = performance.now(); const a = await post({ port, accessKeyId: key }, HOME_REGION, op, Buffer.from(JSON.stringify(typeof body==='function'?(body as ()=>object)():body))); if (a.status !== 200) throw new Error(String(a.body)); if (i >= 50) t.push(performance.now() - b); }
    console.log(name.padEnd(50), median(t).toFixed(2));
  };
  await take('raw DynamoDB Local GetItem', 'GetItem', { TableName: TABLE, Key: { pk: { S: 'INSTANCE' }, sk: { S: 'INSTANCE' } }, ConsistentRead: true });
  await take('raw DynamoDB Local PutItem', 'PutItem', { TableName: TABLE, Item: { pk: { S: 'AUDIT#2026-11-24' }, sk: { S: 'x' }, byUser: {S: 'AUDIT#USER#x'} } }, 100);
  let n=0;
  const uniq=(extra: object)=>()=>({ TableName: TABLE, Item: { pk: { S: 'AUDIT#2026-11-24' }, sk: { S: 'y'+process.pid+'-'+(n++) }, ...extra } });
  await take('raw PutItem new item no index', 'PutItem', uniq({}) as never, 100);
  await take('raw PutItem new item index', 'PutItem', uniq({byUser: {S: 'AUDIT#USER#x'}}) as never, 100);
  await take('raw PutItem new item index bench user', 'PutItem', uniq({byUser: {S: 'AUDIT#USER#'+process.env.UID_}}) as never, 100);
  await take('raw UpdateItem', 'UpdateItem', { TableName: TABLE, Key: { pk: { S: 'RUNNING' }, sk: { S: 'zz' } }, UpdateExpression: 'SET leases = :l', ExpressionAttributeValues: {':l': {N:'1'}}, ReturnValues: 'ALL_NEW' }, 100);
  await take('raw UpdateItem cond', 'UpdateItem', { TableName: TABLE, Key: { pk: { S: 'RUNNING' }, sk: { S: 'zz2' } }, UpdateExpression: 'SET leases.#id = :until, #ttl = :until', ConditionExpression: 'size(leases) < :most OR attribute_not_exists(leases)', ExpressionAttributeNames: {'#id':'id','#ttl':'ttl'}, ExpressionAttributeValues: {':until': {N:'1'}, ':most': {N: '20'}}, ReturnValues: 'ALL_NEW' }, 100).catch(e=>console.log(e.message));
  await take('raw BatchGetItem 3', 'BatchGetItem', { RequestItems: { [TABLE]: { ConsistentRead: true, Keys: ['INSTANCE','ACCESS','X'].map(x=>({ pk: { S: 'INSTANCE' }, sk: { S: x } })) } } }, 100);
  process.exit(0);
}
