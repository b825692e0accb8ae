import type { Rule, RuleCondition } from '#contract/access.ts';
import { AppError, type ErrorCode } from '#contract/errors.ts';
import type { Role } from '#contract/roles.ts';
import { firstRole, toldOf } from '../../lambdas/sign-in/first-role.ts';
import { fakeIdentity } from '../support/ports.ts';

const keys = { accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test' };
const USER = 'arn:aws:iam::111122223333:user/data/eu/maria';
const ROLE = 'arn:aws:sts::111122223333:assumed-role/Analyst/maria';
const PORTAL = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Data_Engineer_0123456789abcdef/m@example.com';
const FEDERATED = 'arn:aws:sts::111122223333:federated-user/maria';
const ROOT = 'arn:aws:iam::111122223333:root';

const role = (pattern: string): RuleCondition => ({ kind: 'role', pattern });
const path = (pattern: string): RuleCondition => ({ kind: 'path', pattern });
const tag = (pattern: string, key = 'team'): RuleCondition => ({ kind: 'tag', key, pattern });
const rule = (when: RuleCondition, given: Role = 'editor'): Rule => ({ when, role: given });

const failing = (code: ErrorCode) => new AppError(code);

async function ask(
  arn: string,
  rules: Rule[],
  iam: Parameters<typeof fakeIdentity>[0] = {},
  otherwise: Role = 'reader',
) {
  const { identity, calls } = fakeIdentity(iam);
  const given = await firstRole(arn, { identity, keys, rules, otherwise });
  for (const [, used] of calls) expect(used).toBe(keys);
  return { ...given, asked: calls.map(([name]) => name) };
}
const nothing = { lacking: [], unanswered: [], asked: [] };

test('without a rule that matches, newcomers get what the instance gives them', async () => {
  expect(await ask(USER, [])).toEqual({ role: 'reader', ...nothing });
  expect(await ask(USER, [rule(role('*'))], {}, 'editor')).toEqual({ role: 'editor', ...nothing });
});

test.each([
  [ROLE, role('Analyst')],
  [ROLE, role('Ana*')],
  [PORTAL, role('AWSReservedSSO_Data_Engineer_*')],
  [PORTAL, role('Data_Engineer')],
  [USER, path('/data/*')],
  [USER, path('/data/eu/')],
  ['arn:aws:iam::111122223333:user/maria', path('/')],
  ['arn:aws-us-gov:iam::111122223333:user/data/maria', path('/data/')],
])('%s is known without IAM to %p', async (arn, when) => {
  expect(await ask(arn, [rule(when)])).toEqual({ role: 'editor', rule: 1, ...nothing });
});

test.each([
  [ROLE, role('analyst')],
  [PORTAL, role('Engineer')],
  [USER, role('*')],
  [USER, path('/data/')],
  [FEDERATED, path('*')],
  [FEDERATED, tag('*')],
  [ROOT, path('*')],
  [ROOT, tag('*')],
])('%s is not what %p names, and IAM is not asked', async (arn, when) => {
  expect(await ask(arn, [rule(when)])).toEqual({ role: 'reader', ...nothing });
});

test.each([ROLE, PORTAL])('the path of %s is read, for its ARN has lost it', async (arn) => {
  const matched = await ask(arn, [rule(path('/data/'))], { path: '/data/' });
  expect(matched).toEqual({ role: 'editor', rule: 1, ...nothing, asked: ['rolePath'] });
  expect(await ask(arn, [rule(path('/data/'))])).toEqual({ role: 'reader', ...nothing, asked: ['rolePath'] });
});

test.each([USER, ROLE, PORTAL])('the tags of %s are read', async (arn) => {
  const tags = { team: 'data' };
  const matched = await ask(arn, [rule(tag('da?a'))], { tags });
  expect(matched).toEqual({ role: 'editor', rule: 1, ...nothing, asked: ['tags'] });
  for (const when of [tag('Data'), tag('data', 'Team'), tag('*', 'constructor')])
    expect((await ask(arn, [rule(when)], { tags })).role).toBe('reader');
});

test('the first that matches decides, and what only later rules need is not read', async () => {
  const rules = [rule(role('Other')), rule(role('Analyst'), 'administrator'), rule(path('*')), rule(tag('*'))];
  expect(await ask(ROLE, rules)).toEqual({ role: 'administrator', rule: 2, ...nothing });
});

test('a path and tags are read once each, however many rules look at them', async () => {
  const rules = [rule(path('/a/')), rule(tag('a')), rule(path('/b/')), rule(tag('b'), 'administrator')];
  const { asked, rule: at, role: given } = await ask(ROLE, rules, { tags: { team: 'b' } });
  expect([asked, at, given]).toEqual([['rolePath', 'tags'], 4, 'administrator']);
});

describe('what IAM does not tell', () => {
  test.each([
    [USER, tag('*'), 'iam:ListUserTags'],
    [ROLE, tag('*'), 'iam:ListRoleTags'],
    [PORTAL, path('*'), 'iam:GetRole'],
  ])('of %s gives no role by %p, and the missing action is named', async (arn, when, action) => {
    const denied = { path: failing('AWS_DENIED'), tags: failing('AWS_DENIED') };
    expect(await ask(arn, [rule(when, 'administrator')], denied)).toMatchObject({
      role: 'reader',
      lacking: [action],
      unanswered: [],
    });
  });

  test.each(['THROTTLED', 'AWS_UNAVAILABLE', 'KEYS_INVALID'] as const)(
    'because of %s gives none either',
    async (code) => {
      const given = await ask(USER, [rule(tag('*'))], { tags: failing(code) });
      expect(given).toMatchObject({ role: 'reader', lacking: [], unanswered: ['iam:ListUserTags'] });
      expect(given).not.toHaveProperty('rule');
    },
  );

  test('never gives more than the rule would have that could not be decided', async () => {
    const rules = [rule(tag('contractors'), 'reader'), rule(role('Analyst'), 'administrator')];
    const denied = { tags: failing('AWS_DENIED') };
    expect(await ask(ROLE, rules, { tags: {} })).toMatchObject({ role: 'administrator', rule: 2 });
    expect(await ask(ROLE, rules, denied)).toMatchObject({ role: 'reader', rule: 2, lacking: ['iam:ListRoleTags'] });
    expect((await ask(ROLE, rules.slice(0, 1), denied, 'editor')).role).toBe('reader');
  });

  test('does not lower anybody whom an earlier rule names', async () => {
    const rules = [rule(role('Analyst')), rule(tag('contractors'), 'reader')];
    expect(await ask(ROLE, rules, { tags: failing('AWS_DENIED') })).toEqual({ role: 'editor', rule: 1, ...nothing });
  });
});

test.each([
  [{ role: 'reader', lacking: [], unanswered: [] } as const, 'first sign-in: role reader'],
  [
    { role: 'editor', rule: 2, lacking: ['iam:GetRole'], unanswered: ['iam:ListRoleTags'] } as const,
    'first sign-in: role editor by rule 2; iam:GetRole is missing; iam:ListRoleTags was not answered',
  ],
])('the record tells how the role came about, and what could not be read: %p', (first, told) => {
  expect(toldOf(first)).toBe(told);
});
