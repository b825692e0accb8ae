import { AutomationDraft } from '#contract/automations.ts';
import type { Parameter } from '#contract/parameters.ts';
import type { Script } from '#contract/scripts.ts';
import { ApiError } from '../../../../frontend/src/api.ts';
import {
  type AutomationForm,
  emptyForm,
  formOf,
  fromScript,
  placeOf,
  readForm,
  refusedFields,
  sayValue,
  TITLES,
} from '../../../../frontend/src/features/automations/automation-form.ts';

const PARAMETERS: Parameter[] = [{ name: 'most', type: 'integer', required: true, default: '9' }];
const draft = AutomationDraft.parse({
  name: 'Nightly orders',
  plan: {
    scriptId: 'script00001',
    version: 3,
    parameters: { most: '9' },
    resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
    database: 'shop',
    login: { method: 'iam', user: 'app_iam' },
    roleArn: 'arn:aws:iam::111122223333:role/nightly',
    output: { format: 'parquet', prefix: 'nightly/orders' },
    limits: { rows: 1_000, seconds: 60 },
  },
  schedule: { expression: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' },
});
const form = formOf(draft, 'UTC');
const problemsOf = (change: Partial<AutomationForm>) => {
  const read = readForm({ ...form, ...change }, PARAMETERS);
  return 'problems' in read ? read.problems : {};
};

describe('an automation as a form', () => {
  it('gives back the draft that it was made of', () => expect(readForm(form, PARAMETERS)).toEqual({ draft }));

  it('leaves out what is empty: schedule, limits, login and database', () => {
    const bare = { ...form, scheduled: false, rows: '', seconds: ' ', method: '', database: '' } as const;
    const read = readForm(bare, PARAMETERS);
    const { plan, ...rest } = 'draft' in read ? read.draft : draft;
    expect(rest).not.toHaveProperty('schedule');
    expect(plan.limits).toEqual({});
    expect(plan).not.toHaveProperty('login');
    expect(plan).not.toHaveProperty('database');
  });

  it('names a user or a secret only where the login asks for one', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop';
    const secret = { ...form, method: 'secret', secretArn: arn } as const;
    expect(placeOf(secret).login).toEqual({ method: 'secret', secretArn: arn });
    expect(placeOf({ ...form, method: 'identity' }).login).toEqual({ method: 'identity' });
  });

  it('has a title for each field', () =>
    expect(Object.keys(TITLES).toSorted()).toEqual(Object.keys(emptyForm('UTC')).toSorted()));

  it('begins as reads only, in the zone of its maker', () =>
    expect(emptyForm('Asia/Tokyo')).toMatchObject({ readOnly: true, timeZone: 'Asia/Tokyo', scheduled: false }));

  it.each<[Partial<AutomationForm>, object]>([
    [{ name: ' ' }, { name: 'Give it a name of at most 120 characters.' }],
    [{ scriptId: '' }, { scriptId: 'Choose the script that shall run.' }],
    [{ resourceId: '' }, { resourceId: 'Choose where it shall run.' }],
    [{ roleArn: 'nightly' }, { roleArn: expect.stringContaining('It ') }],
    [{ values: { most: 'many' } }, { 'values.most': 'It is no whole number.' }],
    [{ values: {} }, { 'values.most': 'It is missing.' }],
    [{ expression: 'daily' }, { expression: 'It is rate(…), cron(…) or at(…).' }],
    [{ prefix: '../up' }, { prefix: 'It holds . or .. as a part.' }],
    [{ rows: 'all' }, { rows: 'Type a whole number from 1 on, or leave it empty.' }],
    [{ seconds: '900' }, { seconds: 'Type a whole number from 1 to 840, or leave it empty.' }],
  ])('says of %j what is wrong with it', (change, problems) => expect(problemsOf(change)).toEqual(problems));

  it('asks nothing of a schedule that is switched off', () =>
    expect(problemsOf({ scheduled: false, expression: 'daily' })).toEqual({}));
});

describe('a script that is chosen', () => {
  const script = {
    id: 'script00002',
    name: 'Orders',
    version: 2,
    parameters: PARAMETERS,
    resource: { id: 'arn:shop', name: 'shop' },
    database: 'shop',
  } as unknown as Script;

  it('brings its name, its place and the defaults of its parameters along', () =>
    expect(fromScript(script, emptyForm('UTC'))).toEqual({
      scriptId: 'script00002',
      version: 2,
      name: 'Orders',
      values: { most: '9' },
      resourceId: 'arn:shop',
      database: 'shop',
    }));

  it('leaves the name and the place that stand there already', () => {
    const { resource: _, ...placeless } = script;
    expect(fromScript(placeless, form)).toMatchObject({ name: 'Nightly orders', resourceId: form.resourceId });
  });
});

describe('what the server refuses', () => {
  const refusal = (code: string, path = 'plan.roleArn') =>
    new ApiError({ code, message: 'No.', details: { fields: [{ path, message: 'is wrong' }] } });

  it('is said at its field, wherever in the draft it stands', () => {
    expect(refusedFields(refusal('INPUT_INVALID', 'body.automation.plan.output.prefix'))).toEqual({
      prefix: 'It is wrong.',
    });
    expect(refusedFields(refusal('INPUT_INVALID', 'schedule.expression'))).toEqual({ expression: 'It is wrong.' });
    expect(refusedFields(refusal('PARAMETER_INVALID', 'parameters.name'))).toEqual({ 'values.name': 'It is wrong.' });
  });

  it('is the role where it may not be used', () =>
    expect(refusedFields(new ApiError({ code: 'ROLE_NOT_ALLOWED', message: 'Not this one.' }))).toEqual({
      roleArn: 'Not this one.',
    }));

  it('is nothing where no field is named', () => expect(refusedFields(new Error('else'))).toEqual({}));
});

describe('a value as people read it', () => {
  it('is a word', () => {
    expect(sayValue('readOnly', true)).toBe('Yes');
    expect(sayValue('values', { most: '9', note: '' })).toBe('most = 9, note = null');
    expect(sayValue('prefix', '')).toBe('Nothing');
  });
});
