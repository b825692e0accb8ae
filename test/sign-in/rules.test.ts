/** Rules against an AWS that verifies signatures and policies: what is read is read with the keys as they were typed. */
import type { Rule } from '#contract/access.ts';
import { awsIdentity } from '#core/aws/identity.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { serve } from '#core/http/serve.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { iam } from '#core/local/aws/iam.ts';
import { type AwsEndpoint, startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { sts } from '#core/local/aws/sts.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { guard } from '#core/session/guard.ts';
import { signIn } from '../../lambdas/sign-in/sign-in.ts';
import {
  claimedInstance,
  countedAttempts,
  memoryAudit,
  memoryStore,
  ownDataKeys,
  recordingLog,
  stoppedClock,
} from '../support/ports.ts';
import { jsonOf, request } from '../support/requests.ts';

const registry = createRegistry(Buffer.alloc(32, 9));
const before = process.env.AWS_ENDPOINT_URL;
let endpoint: AwsEndpoint;
beforeAll(async () => {
  endpoint = await startAwsEndpoint({ registry, services: [sts(registry), iam] });
  process.env.AWS_ENDPOINT_URL = endpoint.url;
});
afterAll(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  await endpoint[Symbol.asyncDispose]();
});

const temporary = (name: 'dana' | 'finn', origin: 'assumed-role' | 'session-token'): Credentials => {
  const { expiresAt: _, ...keys } = registry.issue(name, origin, 3_600);
  return keys;
};

/** What somebody new becomes, and what the log says of it. */
async function newcomer(keys: Credentials, ...rules: Rule[]) {
  const { store } = memoryStore({ instance: claimedInstance, access: { rules, narrowings: [], revision: 1 } });
  const { log, lines } = recordingLog();
  const { attempts } = countedAttempts();
  const ports = {
    attempts,
    identity: awsIdentity,
    dataKeys: ownDataKeys(),
    store,
    clock: stoppedClock().clock,
    audit: memoryAudit().audit,
    log,
  };
  const environment = readEnvironment({ [ENV.accountId]: '111122223333' });
  const app = serve({ signIn: signIn(ports, environment) }, guard(ports), { log });
  const { role } = await jsonOf(await app(request('POST', '/api/session', { json: keys })));
  const { rule, lacking, unanswered } = lines.find(({ message }) => message === 'first sign-in')?.fields ?? {};
  return { role, rule, lacking, unanswered };
}
const known = { role: 'editor', rule: 1, lacking: [], unanswered: [] };

test.each<[string, Credentials, Rule['when']]>([
  ['an IAM user by a tag', registry.longTerm('finn'), { kind: 'tag', key: 'team', pattern: 'plat*' }],
  ['an IAM user by their path', registry.longTerm('finn'), { kind: 'path', pattern: '/data/*' }],
  ['a permission set by its name', temporary('dana', 'assumed-role'), { kind: 'role', pattern: 'DataEngineer' }],
  ['a role by its path', temporary('dana', 'assumed-role'), { kind: 'path', pattern: '/aws-reserved/sso*' }],
])('knows %s', async (_, keys, when) => {
  expect(await newcomer(keys, { when, role: 'editor' })).toEqual(known);
});

test.each<[string, Credentials, Rule['when'], string]>([
  ['a user', registry.longTerm('cleo'), { kind: 'tag', key: 'team', pattern: 'support' }, 'iam:ListUserTags'],
  ['a role', temporary('dana', 'assumed-role'), { kind: 'tag', key: 'team', pattern: 'data' }, 'iam:ListRoleTags'],
])(
  'gives nothing for the tags of %s that may not read them, and says what is missing',
  async (_, keys, when, action) => {
    expect(await newcomer(keys, { when, role: 'administrator' })).toEqual({
      role: 'reader',
      rule: undefined,
      lacking: [action],
      unanswered: [],
    });
  },
);

test('gives nothing for what keys of GetSessionToken cannot ask IAM, though their owner could', async () => {
  const rule: Rule = { when: { kind: 'tag', key: 'team', pattern: 'platform' }, role: 'administrator' };
  const given = await newcomer(temporary('finn', 'session-token'), rule);
  expect(given).toEqual({ role: 'reader', rule: undefined, lacking: [], unanswered: ['iam:ListUserTags'] });
});
