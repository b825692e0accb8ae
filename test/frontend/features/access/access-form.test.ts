import type { Narrowing, Rule } from '#contract/access.ts';
import {
  compareLists,
  conditionParts,
  move,
  NEW_NARROWING,
  NEW_RULE,
  problemsOf,
  sayParts,
  setWhere,
  whereParts,
} from '../../../../frontend/src/features/access/access-form.ts';
import { keepKey, keyOf } from '../../../../frontend/src/features/access/entry-keys.ts';
import { readTags } from '../../../../frontend/src/features/access/read-tags.ts';

const rule = (pattern: string): Rule => ({ when: { kind: 'role', pattern }, role: 'editor' });
const [a, b, c] = [rule('A'), rule('B'), rule('C')];

describe('rules and narrowings as sentences', () => {
  it('says what a rule looks at', () => {
    expect(sayParts(conditionParts({ kind: 'role', pattern: 'Data*' }))).toBe('Role name is Data*');
    expect(sayParts(conditionParts({ kind: 'tag', key: 'team', pattern: '' }))).toBe('Tag team is …');
  });

  it('says which resources are meant', () => {
    const where = { service: 'rds', region: 'eu-central-1', tag: { key: 'stage', pattern: 'prod*' } } as const;
    expect(sayParts(whereParts(where))).toBe('RDS in eu-central-1 tag stage is prod*');
    expect(sayParts(whereParts({ arn: '*:db:ledger' }))).toBe('ARN *:db:ledger');
  });
});

describe('what a narrowing names', () => {
  it('leaves out what was left empty, and is the same again where it was changed back', () => {
    const where = { service: 'rds', region: 'eu-central-1' } as const;
    expect(setWhere(where, { service: '', arn: '' })).toEqual({ region: 'eu-central-1' });
    expect(JSON.stringify(setWhere(setWhere(where, { service: '' }), { service: 'rds' }))).toBe(JSON.stringify(where));
  });

  it('keeps half a tag while it is typed, and forgets an empty one', () => {
    expect(setWhere({}, { tag: { key: 'stage', pattern: '' } })).toEqual({ tag: { key: 'stage', pattern: '' } });
    expect(setWhere({ tag: { key: 's', pattern: '' } }, { tag: { key: '', pattern: '' } })).toEqual({});
  });
});

describe('what is wrong with rules and narrowings', () => {
  it('is said at the very field', () => {
    const tagged: Narrowing = { ...NEW_NARROWING, where: { tag: { key: 'stage', pattern: '' } } };
    expect(problemsOf({ rules: [a, NEW_RULE], narrowings: [NEW_NARROWING, tagged] })).toEqual({
      'rules.1.when.pattern': 'Type something; * stands for anything.',
      'narrowings.0.where': 'Say which resources: fill in at least one of these.',
      'narrowings.1.where.tag.pattern': 'Type something; * stands for anything.',
    });
  });

  it('is nothing where all is well', () => {
    expect(problemsOf({ rules: [a], narrowings: [{ ...NEW_NARROWING, where: { service: 'rds' } }] })).toEqual({});
  });
});

describe('a list of entries', () => {
  it('moves one up or down', () => {
    expect(move([a, b, c], 0, 2)).toEqual([b, c, a]);
    expect(move([a, b, c], 2, 1)).toEqual([a, c, b]);
  });

  it('tells what came, what went, and that only the order is another', () => {
    expect(compareLists([a, b], [a, c])).toEqual({ added: [c], removed: [b], reordered: false });
    expect(compareLists([a, b, c], [c, a])).toEqual({ added: [], removed: [b], reordered: true });
  });

  it('knows an entry again after it was changed and moved', () => {
    const first = { ...a };
    const changed = keepKey(first, { ...first, role: 'reader' });
    expect(keyOf(changed)).toBe(keyOf(first));
    expect(keyOf({ ...first })).not.toBe(keyOf(first));
  });
});

describe('tags that are typed', () => {
  it('are pairs, whatever stands between them', () => {
    expect(readTags('team=platform, stage = test\nowner=a=b, alone')).toEqual({
      team: 'platform',
      stage: 'test',
      owner: 'a=b',
      alone: '',
    });
    expect(readTags(' ')).toEqual({});
  });
});
