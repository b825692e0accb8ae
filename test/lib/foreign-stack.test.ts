/**
 * Somebody else's stack, in a folder of its own with a link to a checkout, as docs/automation.md says: Node synthesises it, in a
 * process that knows nothing of these tests, from the lines that stand in the page.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import validate from 'asl-validator';
import { RunInput } from '#contract/run-script.ts';
import { read, runJsonata } from '../support/states-machine.ts';

const ROOT = join(import.meta.dirname, '../..');
const [, SNIPPET = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/automation.md'), 'utf8')) ?? [];
const [IMPORT = '', ...LINES] = SNIPPET.split('\n').filter(Boolean);

/** The lines that make `load`, with more of its properties. */
const making = (...more: string[]) =>
  LINES.slice(0, -1).flatMap((line) => (line.startsWith('});') ? [...more, line] : [line]));

const STACKS = {
  Documented: { language: 'JSONATA', lines: making() },
  InJsonPath: {
    language: 'JSON_PATH',
    lines: making('queryLanguage: QueryLanguage.JSON_PATH,').map((line) =>
      line.replace("day: '{% $states.input.day %}'", () => "'day.$': '$.day'"),
    ),
  },
  CalledBack: { language: 'JSONATA', lines: making('callback: true,') },
} as const;

const SOURCE = `
  import { App, Stack } from 'aws-cdk-lib';
  import { DefinitionBody, Fail, QueryLanguage, StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
  ${IMPORT}
  const resourceId = 'arn:aws:rds:eu-central-1:111122223333:db:shop';
  const roleArn = 'arn:aws:iam::111122223333:role/lodge-nightly';
  const app = new App();
  ${Object.entries(STACKS)
    .map(
      ([name, { language, lines }]) => `
  new (class extends Stack {
    constructor() {
      super(app, '${name}', { env: { account: '111122223333', region: 'eu-central-1' } });
      const missing = new Fail(this, 'No such script', { error: 'NoScript' });
      const tell = new Succeed(this, 'Tell the team');
      ${lines.join('\n')}
      ${LINES.at(-1)}
      const definitionBody = DefinitionBody.fromChainable(load);
      new StateMachine(this, 'Machine', { definitionBody, queryLanguage: QueryLanguage.${language} });
    }
  })();`,
    )
    .join('')}
  const { stacks } = app.synth();
  console.log(JSON.stringify(Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]))));`;

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, never> }>;
}

const folder = mkdtempSync(join(tmpdir(), 'lodge-foreign-'));
let templates: Record<keyof typeof STACKS, Template>;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'reports', type: 'module' }));
  // As `npm install ../lodge` leaves them: links to folders that lie elsewhere.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/lodge'));
  for (const name of ['aws-cdk-lib', 'constructs'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const file = join(folder, 'stack.ts');
  writeFileSync(file, SOURCE);
  // Nothing of this process but where programs are.
  const env = { PATH: process.env.PATH ?? '', HOME: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8', env });
  if (status !== 0) throw new Error(stderr);
  templates = JSON.parse(stdout);
}, 120_000);

/** Of one of the stacks the machine's definition, which is valid, the state in it, and the policy of its role. */
function made(name: keyof typeof STACKS) {
  const resources = Object.values(templates[name].Resources);
  const propertiesOf = (type: string) => resources.find(({ Type }) => Type === type)?.Properties ?? {};
  const { DefinitionString: text } = propertiesOf('AWS::StepFunctions::StateMachine') as { DefinitionString?: unknown };
  const parts = typeof text === 'string' ? [text] : (text as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  const definition = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'aws')).join(''));
  const { PolicyDocument } = propertiesOf('AWS::IAM::Policy') as { PolicyDocument?: { Statement: object[] } };
  expect(validate(structuredClone(definition)).errorsText()).toBe('');
  return { definition, state: definition.States['Load the day'], statements: PolicyDocument?.Statement };
}

const execution = {
  Id: 'arn:aws:states:eu-central-1:111122223333:execution:reports:monday',
  Name: 'monday',
  StartTime: '2026-11-24T03:00:00.123Z',
};

test('the lines of the page make a machine that calls the function with what it takes, and may do nothing else', async () => {
  const { definition, state, statements } = made('Documented');
  const { FunctionName } = state.Arguments;
  expect(statements).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: FunctionName }]);
  const calls: unknown[] = [];
  await runJsonata(
    definition,
    { day: '2026-11-23' },
    { execution, tasks: (_, { Payload }) => ({ Payload: calls.push(Payload) }) },
  );
  expect(calls.map((call) => RunInput.parse(call))).toMatchObject([
    { scriptId: 'k3j4h5g6f7d8s9a0', parameters: { day: '2026-11-23' }, execution: { arn: execution.Id } },
  ]);
});

test('in JSONPath names of fields end with .$', () => {
  const { state } = made('InJsonPath');
  expect(state).toMatchObject({
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { Payload: { scriptId: 'k3j4h5g6f7d8s9a0', parameters: { 'day.$': '$.day' } } },
    Catch: [{ ErrorEquals: ['Lodge.ScriptNotFound'], Next: 'No such script' }],
    Next: 'Tell the team',
  });
});

test('a callback hands its token over, and waits for the answer', async () => {
  const { state } = made('CalledBack');
  expect(state.Resource).toBe('arn:aws:states:::lambda:invoke.waitForTaskToken');
  const context = { Execution: execution, State: { EnteredTime: execution.StartTime }, Task: { Token: 'a token' } };
  const { Payload } = (await read(state.Arguments, { input: { day: '2026-11-23' }, context })) as { Payload: object };
  expect(RunInput.parse(Payload)).toMatchObject({ taskToken: 'a token' });
});
