import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTPUT_FORMATS } from '#contract/automations.ts';
import { ERRORS, type ErrorCode } from '#contract/errors.ts';
import { RUN_ERRORS, RunInput } from '#contract/run-script.ts';
import { TRANSIENT } from '#core/automation/retries.ts';
import { ofOneState, runTask } from '#core/automation/run-task.ts';

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

test('the state to copy is the one that the construct writes', () => {
  const [, text = ''] = /```json\n\s+"Load the day": ([\s\S]*?)\n\s+```/.exec(page) ?? [];
  const { Arguments, Retry, Next: _, ...state } = JSON.parse(text);
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
  expect(RunInput.safeParse({ ...input, execution: undefined }).error).toBeUndefined();
});
