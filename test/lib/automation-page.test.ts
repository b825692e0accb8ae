/** What docs/automation.md shows is what there is: its blocks are read out of it, and tried. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { OUTPUT_FORMATS, RunAnswer } from '#contract/automations.ts';
import { ERRORS, type ErrorCode } from '#contract/errors.ts';
import { RUN_ERRORS, RunInput } from '#contract/run-script.ts';
import { trustPolicy } from '#contract/trust-policy.ts';
import { TRANSIENT } from '#core/automation/retries.ts';
import { ofOneState, runTask } from '#core/automation/run-task.ts';
import { MANY_MACHINE_ARN } from '#core/local/account/principals.ts';
import { read as expressions } from '../support/states-machine.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'automation.md'), 'utf8');

/** The first columns of the rows of a section's table. */
const rowsOf = (section: string): string[][] => {
  const [text = ''] = page.slice(page.indexOf(`\n## ${section}\n`) + 4).split('\n## ');
  return text.split('\n').flatMap((line) =>
    line.startsWith('| `')
      ? [
          line
            .split(/(?<!\\)\|/)
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : [],
  );
};

test('the table of errors is that of the contract', () => {
  const told = Object.entries(RUN_ERRORS).map(([code, { name, transient }]) => [
    `\`${name}\``,
    ERRORS[code as ErrorCode][1],
    transient ? 'yes' : '',
  ]);
  expect(rowsOf('Errors by name')).toEqual(told);
});

test('every field that the function takes is described, and none that it does not', () => {
  const names = rowsOf('What a run takes').flatMap(([cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  const known = new Set(RunInput.options.flatMap(({ shape }) => Object.keys(shape)));
  // Told by the machine itself, and not by whoever writes a state.
  known.delete('startedBy');
  expect(names.toSorted()).toEqual([...known].toSorted());
  for (const format of Object.keys(OUTPUT_FORMATS)) expect(page).toContain(`"${format}"`);
});

/** The blocks of a language in a section, whose indentation means nothing. */
const blocksOf = (language: string, section: string): string[] => {
  const [text = ''] = page.slice(page.indexOf(`\n## ${section}\n`) + 4).split('\n## ');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);
};
/** Of one that is a part of a state, too. */
const read = (block = '') => JSON.parse(block.trimStart().startsWith('"') ? `{${block}}` : block);
const [TRUST, STATE] = blocksOf('json', 'Five minutes, from a script to a step').map(read);
const [CALLBACK] = blocksOf('json', 'Waiting for a token').map(read);
const [MANY] = blocksOf('json', 'Many at once').map(read);
const { 'Load the day': LOAD } = STATE;

test('every block of JSON is one that these tests know', () => {
  expect([...page.matchAll(/```json/g)]).toHaveLength(4);
});

test('the trust policy is the one that the form of an automation shows', () => {
  const [{ Principal, Condition }] = TRUST.Statement;
  expect(TRUST).toEqual(JSON.parse(trustPolicy(Principal.AWS, Condition.StringEquals['sts:ExternalId'])));
});

test('the state to copy is the one that the construct writes', () => {
  const { Arguments, Retry, Next: _, ...state } = LOAD;
  const { execution, ...input } = Arguments.Payload;
  const made = runTask({
    language: 'JSONata',
    places: { partition: 'aws', runner: Arguments.FunctionName },
    payload: ofOneState('JSONata', input),
  });
  expect(made).toMatchObject(state);
  expect(Retry[0]).toEqual({ ...(made.Retry?.[0] ?? {}), ErrorEquals: TRANSIENT });
  // The construct also replaces what the name of an execution may hold and that of a run may not.
  expect(Object.keys(execution)).toEqual(
    Object.keys((ofOneState('JSONata', input) as { execution: object }).execution),
  );
});

/** A machine of the reader's, with the state in it. */
const machineWith = (state: object) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Load the day',
  States: { 'Load the day': state, 'Tell the team': { Type: 'Succeed' } },
});
/** The state that waits for its token: the first with what the page says of this one. */
const { Output: _, ...WAITING } = {
  ...LOAD,
  ...CALLBACK,
  Arguments: {
    ...LOAD.Arguments,
    InvocationType: CALLBACK.Arguments.InvocationType,
    Payload: { ...LOAD.Arguments.Payload, taskToken: CALLBACK.Arguments.Payload.taskToken },
  },
};

test.each([
  ['the state', LOAD],
  ['the state that waits for a token', WAITING],
])('%s stands in a valid machine, and calls the function with what it takes', async (_, state) => {
  const machine = machineWith(state);
  expect(validate(structuredClone(machine)).errorsText()).toBe('');
  const [StartTime, EnteredTime] = ['2026-11-24T03:00:00.123Z', '2026-11-24T03:00:01.500Z'];
  const context = {
    Execution: { Id: 'arn:aws:states:eu-central-1:111122223333:execution:mine:monday', Name: 'monday', StartTime },
    State: { EnteredTime },
    Task: { Token: 'a token' },
  };
  const { Payload } = (await expressions(state.Arguments, { input: { day: '2026-11-23' }, context })) as {
    Payload: object;
  };
  expect(RunInput.parse(Payload)).toMatchObject({ parameters: { day: '2026-11-23' }, execution: { name: 'monday' } });
});

test('the state that waits for a token is the one that the construct writes', () => {
  const { Arguments, TimeoutSeconds, Resource } = WAITING;
  const made = runTask({ language: 'JSONata', places: { partition: 'aws', runner: '' }, payload: {}, callback: true });
  expect([TimeoutSeconds, Resource]).toEqual([made.TimeoutSeconds, made.Resource]);
  expect(Arguments.InvocationType).toBe((made.Arguments as { InvocationType: string }).InvocationType);
});

test('the plan of many runs is one that each of its items makes a run of', () => {
  const { plan, items, ...said } = MANY;
  expect(items.length).toBeGreaterThan(1);
  for (const item of items)
    expect(
      RunInput.safeParse({ ...plan, ...item, parameters: { ...plan.parameters, ...item.parameters } }).error,
    ).toBeUndefined();
  expect(Object.keys(said)).toEqual(['concurrency', 'toleratedFailurePercentage', 'notify']);
});

test('a run answers with the fields that are named', () => {
  const [, named = ''] = /`(\{ "bucket"[^`]*\})`/.exec(page) ?? [];
  const fields = [...named.matchAll(/"(\w+)"/g)].map(([, field = '']) => field);
  expect(Object.keys(RunAnswer.shape)).toEqual(expect.arrayContaining(fields));
  expect(fields.length).toBeGreaterThan(5);
});

test('the payload of a command line is one that the function takes', () => {
  const [, payload = ''] = /--payload '([^']*)'/.exec(page) ?? [];
  expect(RunInput.safeParse(JSON.parse(payload.replace('…', 'k3j4h5g6f7'))).error).toBeUndefined();
});

test('the machine of many runs on one machine has the name that is told', () => {
  expect(blocksOf('sh', 'On one machine').join()).toContain(`RUN_MANY_MACHINE_ARN=${MANY_MACHINE_ARN}\n`);
});
