import { InstanceSettings } from '#contract/settings.ts';
import {
  formOf,
  proposedForm,
  readForm,
  type SettingsForm,
  sayValue,
  TITLES,
} from '../../../../frontend/src/features/settings/settings-form.ts';

const proposed = proposedForm('Kontor', ['eu-central-1']);
const problemsOf = (change: Partial<SettingsForm>) => {
  const read = readForm({ ...proposed, ...change });
  return 'problems' in read ? read.problems : {};
};

describe('the settings as a form', () => {
  it('proposes what the contract does, so that a name and a region are enough', () => {
    expect(readForm(proposed)).toEqual({
      settings: InstanceSettings.parse({ name: 'Kontor', regions: ['eu-central-1'] }),
    });
  });

  it('gives back the settings that it was made of', () => {
    const settings = InstanceSettings.parse({
      name: 'Kontor',
      regions: ['eu-central-1', 'us-east-1'],
      sessionMinutes: 480,
      defaultRole: 'editor',
      limits: { rows: 5_000, seconds: 30, statements: 2, scanItems: 0, scanMegabytes: 1 },
      audit: { days: 90, redactLiterals: true },
      automation: { automators: 'editor', roles: ['arn:aws:iam::111122223333:role/nightly-*'] },
    });
    expect(readForm(formOf(settings))).toEqual({ settings });
  });

  it('shows digits in groups, and has a title for each field', () => {
    expect(proposed.rows).toBe('1,000,000');
    expect(Object.keys(TITLES).toSorted()).toEqual(Object.keys(proposed).toSorted());
  });

  it.each<[Partial<SettingsForm>, object]>([
    [{ name: ' ' }, { name: 'Give the instance a name of at most 60 characters.' }],
    [{ regions: [] }, { regions: 'Choose at least one region, and at most 40.' }],
    [{ sessionMinutes: '14' }, { sessionMinutes: 'At least 15 minutes.' }],
    [{ sessionMinutes: '721' }, { sessionMinutes: 'At most 720 minutes.' }],
    [{ rows: '10,000,001' }, { rows: 'At most 10,000,000 rows.' }],
    [{ seconds: 'soon' }, { seconds: 'Type a whole number.' }],
    [{ days: '' }, { days: 'Type a whole number.' }],
    [{ roles: 'r'.repeat(301) }, { roles: 'At most 50 patterns, of at most 300 characters each.' }],
    [
      { statements: '0', scanItems: '-1' },
      { statements: 'At least 1 a user.', scanItems: 'At least 0 items.' },
    ],
  ])('says of %j what is wrong with it', (change, problems) => {
    expect(problemsOf(change)).toEqual(problems);
  });

  it('takes the roles of automations one a line, and leaves out what is empty', () => {
    const read = readForm({
      ...proposed,
      roles: ' arn:aws:iam::111122223333:role/a \n\narn:aws:iam::111122223333:role/b\n',
    });
    expect('settings' in read && read.settings.automation.roles).toEqual([
      'arn:aws:iam::111122223333:role/a',
      'arn:aws:iam::111122223333:role/b',
    ]);
    expect(sayValue('roles', 'one\n\ntwo')).toBe('one, two');
    expect(sayValue('roles', '')).toBe('None');
  });

  it('says values as people read them', () => {
    expect(sayValue('sessionMinutes', '60')).toBe('60 minutes');
    expect(sayValue('regions', ['eu-central-1', 'us-east-1'])).toBe('Frankfurt, N. Virginia');
    expect(sayValue('defaultRole', 'editor')).toBe('Editor');
    expect(sayValue('redactLiterals', true)).toBe('Replaced');
    expect(sayValue('name', 'Kontor')).toBe('Kontor');
  });
});
