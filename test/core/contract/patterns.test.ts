import * as fc from 'fast-check';
import type { Rule } from '#contract/access.ts';
import {
  fitsResource,
  matchesPattern,
  narrowingOf,
  pathOf,
  roleFor,
  roleNamesOf,
  ruleFor,
} from '#contract/patterns.ts';
import { resource } from '../../support/resources.ts';

const sso = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Data_Engineer_0123456789abcdef/dana@example.com';
const user = 'arn:aws:iam::111122223333:user/data/maria';

describe('a pattern', () => {
  it.each([
    ['Data*', 'DataEngineer', true],
    ['data*', 'DataEngineer', false],
    ['*Engineer', 'DataEngineer', true],
    ['Data?ngineer', 'DataEngineer', true],
    ['Data?', 'Data', false],
    ['*', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['a.c', 'abc', false],
    ['/data/*', '/data/eu/', true],
    ['Data', 'DataEngineer', false],
  ])('%s on %s: %s', (pattern, text, fits) => {
    expect(matchesPattern(pattern, text)).toBe(fits);
  });

  it('says the same as the regular expression that it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(letters, text, (pattern, said) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(pattern, said)).toBe(same.test(said));
      }),
    );
  });

  it('is not made slow by many stars', () => {
    expect(matchesPattern(`${'*a'.repeat(140)}b`, 'a'.repeat(2_000))).toBe(false);
  });
});

describe('a rule', () => {
  const rules: Rule[] = [
    { when: { kind: 'role', pattern: 'Data_*' }, role: 'editor' },
    { when: { kind: 'path', pattern: '/data/*' }, role: 'editor' },
    { when: { kind: 'tag', key: 'team', pattern: 'platform' }, role: 'administrator' },
    { when: { kind: 'role', pattern: '*' }, role: 'administrator' },
  ];

  it('knows a role by its own name and by that of its permission set', () => {
    expect(roleNamesOf(sso)).toEqual(['AWSReservedSSO_Data_Engineer_0123456789abcdef', 'Data_Engineer']);
    expect(roleNamesOf('arn:aws:sts::111122223333:assumed-role/Deploy/session')).toEqual(['Deploy']);
    expect(roleNamesOf(user)).toEqual([]);
  });

  it('decides by the first that matches', () => {
    expect(ruleFor(rules, { arn: sso })).toEqual({ rule: rules[0], index: 0 });
    expect(roleFor(rules, { arn: user, path: '/data/' }, 'reader')).toBe('editor');
    expect(roleFor(rules, { arn: sso.replace('Data', 'Web'), tags: { team: 'platform' } }, 'reader')).toBe(
      'administrator',
    );
  });

  it('reads the path of a user in the ARN, and of a role where IAM tells it', () => {
    expect(pathOf(user)).toBe('/data/');
    expect(pathOf('arn:aws:iam::111122223333:user/maria')).toBe('/');
    expect(pathOf(sso)).toBeUndefined();
    expect(roleFor(rules.slice(1, 2), { arn: user }, 'reader')).toBe('editor');
    expect(roleFor(rules.slice(1, 2), { arn: sso }, 'reader')).toBe('reader');
    expect(roleFor(rules.slice(1, 2), { arn: sso, path: '/data/eu/' }, 'reader')).toBe('editor');
  });

  it('never matches what IAM has not told', () => {
    const never: Rule[] = [
      { when: { kind: 'tag', key: 'team', pattern: '*' }, role: 'administrator' },
      { when: { kind: 'tag', key: 'constructor', pattern: '*' }, role: 'administrator' },
    ];
    expect(roleFor(never, { arn: user }, 'reader')).toBe('reader');
    expect(roleFor(never.slice(1), { arn: user, tags: {} }, 'reader')).toBe('reader');
  });
});

describe('a narrowing', () => {
  const shop = resource({ tags: { stage: 'production' } });

  it('fits where all that it names fits', () => {
    expect(fitsResource({ service: 'rds', region: 'eu-central-1' }, shop)).toBe(true);
    expect(fitsResource({ service: 'rds', region: 'us-east-1' }, shop)).toBe(false);
    expect(fitsResource({ service: 'aurora' }, shop)).toBe(false);
    expect(fitsResource({ arn: 'arn:aws:rds:*:db:sh*' }, shop)).toBe(true);
    expect(fitsResource({ arn: '*:db:ledger' }, shop)).toBe(false);
    expect(fitsResource({ tag: { key: 'stage', pattern: 'prod*' } }, shop)).toBe(true);
    expect(fitsResource({ tag: { key: 'owner', pattern: '*' } }, shop)).toBe(false);
  });

  it('counts for its own role alone, and hides where another would only make it read-only', () => {
    const readOnly = { role: 'editor', where: { service: 'rds' }, effect: 'read-only' } as const;
    const hidden = { role: 'editor', where: { tag: { key: 'stage', pattern: '*' } }, effect: 'hidden' } as const;
    expect(narrowingOf([readOnly], 'reader', shop)).toBeUndefined();
    expect(narrowingOf([readOnly], 'editor', shop)).toBe('read-only');
    expect(narrowingOf([readOnly, hidden], 'editor', shop)).toBe('hidden');
  });
});
