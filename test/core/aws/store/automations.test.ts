import { AutomationDraft } from '#contract/automations.ts';
import { dynamoAutomations } from '#core/aws/store/automations.ts';
import type { Automations } from '#core/ports/automations.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { memoryAutomations } from '../../../support/memory-automations.ts';
import { stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-automations';
const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const by = { id: 'aws:111122223333:AIDAADA', name: 'ada' };
const other = { id: 'aws:111122223333:AIDATOM', name: 'tom' };
const draft = (name: string) =>
  AutomationDraft.parse({
    name,
    plan: {
      scriptId: 'abcdefghijkl',
      version: 3,
      parameters: { since: '2026-11-24', shop: null },
      resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
      roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
    },
    schedule: { expression: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' },
  });

async function inDynamo() {
  const { clock, pass } = stoppedClock();
  const { documents } = stack.use(await startDynamo(TABLE));
  return { automations: dynamoAutomations(documents, TABLE, clock), pass };
}

function inMemory() {
  const { clock, pass } = stoppedClock();
  return { automations: memoryAutomations(clock), pass };
}

const PLACES: Record<string, () => Promise<{ automations: Automations; pass(seconds: number): void }>> = {
  'the instance table': inDynamo,
  memory: async () => inMemory(),
};

describe.each(Object.keys(PLACES))('automations in %s', (place) => {
  let automations: Automations;
  let pass: (seconds: number) => void;
  beforeAll(async () => {
    ({ automations, pass } = await (PLACES[place] as (typeof PLACES)[string])());
  });

  test('are read as they were made, with who made them and when', async () => {
    const made = await automations.create('aaaaaaaaaaaa', draft('Nightly'), by);
    expect(made).toEqual({
      ...draft('Nightly'),
      id: 'aaaaaaaaaaaa',
      owner: by,
      createdAt: '2026-11-23T10:00:00.000Z',
      changedAt: '2026-11-23T10:00:00.000Z',
      changedBy: by,
      revision: 1,
    });
    expect(await automations.read('aaaaaaaaaaaa')).toEqual(made);
    expect(await automations.read('nobody0000')).toBeUndefined();
  });

  test('are made once: an id that is there is not written over', async () => {
    await expect(automations.create('aaaaaaaaaaaa', draft('Other'), by)).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await automations.read('aaaaaaaaaaaa')).toMatchObject({ name: 'Nightly' });
  });

  test('change on what was seen, keep their owner, and drop what is left out', async () => {
    pass(60);
    const { schedule: _, ...unscheduled } = draft('Nightly, late');
    const changed = await automations.change('aaaaaaaaaaaa', 1, unscheduled, other);
    expect(changed).toMatchObject({
      name: 'Nightly, late',
      owner: by,
      createdAt: '2026-11-23T10:00:00.000Z',
      changedAt: '2026-11-23T10:01:00.000Z',
      changedBy: other,
      revision: 2,
    });
    expect(changed.schedule).toBeUndefined();
    expect((await automations.read('aaaaaaaaaaaa'))?.schedule).toBeUndefined();
    await expect(automations.change('aaaaaaaaaaaa', 1, draft('Too late'), by)).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    await expect(automations.change('nobody0000', 1, draft('None'), by)).rejects.toMatchObject({
      code: 'AUTOMATION_NOT_FOUND',
    });
    expect(await automations.read('aaaaaaaaaaaa')).toMatchObject({ name: 'Nightly, late', revision: 2 });
  });

  test('are listed by name, page by page, whatever their ids are', async () => {
    await automations.create('zzzzzzzzzzzz', draft('archive'), by);
    await automations.create('mmmmmmmmmmmm', draft('Weekly'), by);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await automations.list({ limit: 2, cursor });
      expect(page.automations.length).toBeLessThanOrEqual(2);
      names.push(...page.automations.map(({ name }) => name));
      cursor = page.next;
    } while (cursor);
    expect(names).toEqual(['archive', 'Nightly, late', 'Weekly']);
    await expect(automations.list({ limit: 2, cursor: 'made-up' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('are taken away once', async () => {
    expect(await automations.remove('mmmmmmmmmmmm')).toBe(true);
    expect(await automations.remove('mmmmmmmmmmmm')).toBe(false);
    expect(await automations.read('mmmmmmmmmmmm')).toBeUndefined();
  });
});
