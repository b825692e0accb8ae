import { AutomationDraft } from '#contract/automations.ts';
import {
  draftOf,
  openAutomations,
  readGround,
} from '../../../../frontend/src/features/automations/open-automations.ts';
import { draft, run } from '../../../automations/house.ts';
import { house, leave, until } from './house.ts';

afterEach(leave);

const read = async (automations = openAutomations()) => {
  automations.list.begin();
  await until(() => automations.list.state.get().phase === 'end');
  return automations;
};
type Automations = ReturnType<typeof openAutomations>;
const names = ({ list }: Automations) => list.state.get().rows.map(({ name }) => name);

test('the list comes with what it stands on', async () => {
  const { make } = house();
  await make({ name: 'Nightly' });
  const automations = openAutomations();
  expect(automations.ground.get()).toBeUndefined();
  await read(automations);
  expect(names(automations)).toEqual(['Nightly']);
  expect(automations.ground.get()).toMatchObject({ mayAutomate: true, roles: ['arn:aws:iam::*:role/lodge-*'] });
});

test('looking again changes those that are shown, and keeps them where nobody answers', async () => {
  const lodge = house();
  const { id } = await lodge.make();
  const automations = await read();
  const stateOf = () => automations.list.state.get().rows[0]?.lastRun?.state;
  lodge.runs.push(run('1', { automationId: id }));
  await automations.renew();
  expect(stateOf()).toBe('running');
  lodge.broken.add('/api/automations/list');
  lodge.runs.splice(0, 1, run('1', { automationId: id, state: 'succeeded' }));
  await automations.renew();
  expect([stateOf(), automations.list.state.get().phase]).toEqual(['running', 'end']);
  lodge.broken.clear();
  await automations.renew();
  expect(stateOf()).toBe('succeeded');
});

test('what a new one stands on is asked for by itself', async () => {
  const { called } = house({ settings: { roles: [] } });
  expect(await readGround()).toMatchObject({ mayAutomate: true, roles: [] });
  expect(called).toEqual(['POST /api/automations/list']);
});

test('its draft is what was saved, without what is only told', async () => {
  const { make } = house();
  const saved = await make({ name: 'Weekly' });
  expect(draftOf(saved)).toEqual(AutomationDraft.parse(draft({ name: 'Weekly', schedule: undefined })));
});
