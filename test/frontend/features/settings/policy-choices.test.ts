import { Service } from '#contract/resources.ts';
import { keepChoices, readChoices } from '../../../../frontend/src/features/settings/policy-choices.ts';

/** Storage of a window, with what an earlier page has kept. */
function windowWith(kept?: unknown) {
  const items = new Map(kept === undefined ? [] : [['lodge-policy-ada', JSON.stringify(kept)]]);
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

test('all is chosen at first, and what was chosen stays, for each user of a window', () => {
  const passing = windowWith();
  const first = readChoices(passing, 'ada');
  expect(first).toMatchObject({ services: Service.options, everywhere: false, role: '' });
  const chosen = { ...first, services: ['dynamodb' as const], databaseUser: 'app_iam', everywhere: true };
  keepChoices(passing, 'ada', chosen);
  expect(readChoices(passing, 'ada')).toEqual(chosen);
  expect(readChoices(passing, 'ben')).toEqual(first);
});

test.each([
  ['a service that is no more', { services: ['sometime'] }],
  ['less than is asked for now', { role: undefined }],
])('what another build has kept, with %s, is not believed', (_what, kept) => {
  const first = readChoices(windowWith(), 'ada');
  expect(readChoices(windowWith({ ...first, ...kept }), 'ada')).toEqual(first);
});
