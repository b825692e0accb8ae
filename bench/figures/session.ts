/** What each request pays before it does anything: opening the session, and the role from the table. */
import { randomBytes } from 'node:crypto';
import { basePorts } from '#core/aws/base-ports.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { openSession, sealSession } from '#core/session/session-token.ts';
import type { HttpSessionTask } from '../children/http-session.ts';
import { type Figure, ms } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';

const CALLS = 200;
/** Calls before those that count. */
const WARM_UP = 50;

export async function session(ground: Ground): Promise<Figure[]> {
  const withoutKms = { [ENV.sessionKeyId]: '', [ENV.sessionSecret]: randomBytes(32).toString('base64') };
  await using byKms = await ground.serve('shop');
  await using bySecret = await ground.serve('shop', withoutKms);
  const again = (token: string) => new Array<string>(CALLS).fill(token);
  const [own = ''] = await sealed(byKms.api.token, { ...ground.environment, ...withoutKms }, 1);
  const all = await inTurn({
    secret: () => calls(bySecret.port, again(own)),
    kms: () => calls(byKms.port, again(byKms.api.token)),
    // Sealed anew each time: each key is unwrapped by KMS at its first call.
    cold: async () => calls(byKms.port, await sealed(byKms.api.token, ground.environment, CALLS)),
  });
  const figure = (name: string, elapsed: number[][]): Figure => ({
    figure: `GET /api/session, p50 of ${CALLS} calls, ${name}`,
    measured: ms(median(elapsed.map(median))),
  });
  return [
    figure('without KMS', all.secret),
    figure('local KMS, key in memory', all.kms),
    figure('local KMS, each session for the first time', all.cold),
  ];
}

async function calls(port: number, tokens: readonly string[]): Promise<number[]> {
  const [first = ''] = tokens;
  const warm = new Array<string>(WARM_UP).fill(first);
  const elapsed = await inChild<number[]>('http-session', {
    port,
    tokens: [...warm, ...tokens],
  } satisfies HttpSessionTask);
  return elapsed.slice(WARM_UP);
}

/** New sessions of the same user, sealed as an environment says. */
async function sealed(
  token: string,
  environment: Readonly<Record<string, string | undefined>>,
  count: number,
): Promise<string[]> {
  const user = await openSession(basePorts(readEnvironment()).dataKeys, token, new Date());
  const { sessionToken = '' } = user.credentials;
  const made = { ...user, credentials: { ...user.credentials, sessionToken } };
  const { dataKeys } = basePorts(readEnvironment(environment));
  const tokens: string[] = [];
  for (let at = 0; at < count; at += 1) tokens.push((await sealSession(dataKeys, made)).token);
  return tokens;
}
