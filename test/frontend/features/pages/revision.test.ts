import {
  changedFields,
  choose,
  edit,
  firstRevision,
  rebase,
  undecided,
} from '../../../../frontend/src/features/pages/revision.ts';

const base = { name: 'Kontor', minutes: '60', regions: ['eu-central-1'] };
const first = firstRevision(base, 1);

describe('a form that several people change', () => {
  it('knows what was changed here, and forgets it where it is changed back', () => {
    const renamed = edit(first, { name: 'Harbour' });
    expect(changedFields(renamed)).toEqual(['name']);
    expect(changedFields(edit(renamed, { name: 'Kontor' }))).toEqual([]);
    expect(changedFields(edit(first, { regions: ['eu-central-1'] }))).toEqual([]);
  });

  it('takes what only they have changed, and keeps what only I have', () => {
    const now = rebase(edit(first, { name: 'Harbour' }), { ...base, minutes: '120' }, 2);
    expect(now).toMatchObject({ revision: 2, mine: { name: 'Harbour', minutes: '120' } });
    expect(now.news).toEqual([{ field: 'minutes', was: '60', theirs: '120' }]);
    expect(undecided(now)).toEqual([]);
    expect(changedFields(now)).toEqual(['name']);
  });

  it('asks where both have changed the same, and overwrites neither', () => {
    const now = rebase(edit(first, { name: 'Harbour' }), { ...base, name: 'Office' }, 2);
    expect(now.mine.name).toBe('Harbour');
    expect(undecided(now)).toEqual(['name']);
    expect(choose(now, 'name', 'theirs').mine.name).toBe('Office');
    const mine = choose(choose(now, 'name', 'theirs'), 'name', 'mine');
    expect(mine.mine.name).toBe('Harbour');
    expect(undecided(mine)).toEqual([]);
  });

  it('sees no clash where both have come to the same', () => {
    const now = rebase(edit(first, { name: 'Office' }), { ...base, name: 'Office' }, 2);
    expect(now.news).toEqual([]);
    expect(changedFields(now)).toEqual([]);
  });

  it('takes typing into the field as an answer', () => {
    const now = edit(rebase(edit(first, { name: 'Harbour' }), { ...base, name: 'Office' }, 2), { name: 'Both' });
    expect(undecided(now)).toEqual([]);
    expect(choose(now, 'name', 'mine').mine.name).toBe('Both');
  });

  it('asks again where they have changed it once more', () => {
    const once = choose(rebase(edit(first, { name: 'Harbour' }), { ...base, name: 'Office' }, 2), 'name', 'mine');
    const twice = rebase(once, { ...base, name: 'Bureau', minutes: '90' }, 3);
    expect(undecided(twice)).toEqual(['name']);
    expect(choose(twice, 'name', 'theirs').mine).toEqual({ ...base, name: 'Bureau', minutes: '90' });
  });

  it('leaves alone what does not clash', () => {
    expect(choose(first, 'name', 'theirs')).toBe(first);
  });
});
