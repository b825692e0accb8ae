import { askValues, declareParameters } from '../../../../frontend/src/features/scripts/ask-values.ts';
import { connection } from '../workbench/demo.ts';
import { dialog, house, leave, tab, tabWith, toasts } from './house.ts';

let lodge: ReturnType<typeof house>;
beforeEach(() => {
  lodge = house();
});
afterEach(leave);

const TEXT = 'select :days; select :since';
const days = { name: 'days', type: 'integer' as const, required: true };

test('nothing is asked where a statement names nothing', () => {
  const { desk } = lodge.sitDown('ada');
  expect(askValues(desk, tabWith(desk, TEXT), "select ':days', 1::int")).toBeUndefined();
  expect(desk.dialogs.get()).toEqual([]);
});

test('what a statement names is asked for, sent as it is declared, and remembered for the next run', async () => {
  const { desk } = lodge.sitDown('ada');
  const id = tabWith(desk, TEXT, { parameters: [days] });
  const asking = askValues(desk, id, 'select :days');
  (await dialog(desk, 'values')).answer({ days: '7' });
  expect(await asking).toEqual({ declared: [days], values: { days: '7' } });
  const more = askValues(desk, id, 'select :since');
  (await dialog(desk, 'values')).answer({ since: null });
  await more;
  expect(desk.values.get(id)).toEqual({ days: '7', since: null });
});

test('a tab reads colons as its engine does', () => {
  const { desk } = lodge.sitDown('ada');
  const catalog = connection('catalog', { engine: 'documentdb' });
  desk.book.connections.set([catalog]);
  const id = tabWith(desk, '', { connectionKey: catalog.key });
  expect(askValues(desk, id, 'db.a.find({b:c})')).toBeUndefined();
  askValues(desk, id, 'db.a.find({b: :c})')?.catch(() => undefined);
  expect(desk.dialogs.get()).toHaveLength(1);
  desk.dialogs.get()[0]?.decline();
});

test('parameters are declared as the text names them, and kept with the tab', async () => {
  const { desk } = lodge.sitDown('ada');
  const id = tabWith(desk, TEXT, { parameters: [days] });
  const declaring = declareParameters(desk, id);
  const asked = await dialog(desk, 'parameters');
  expect(asked.parameters).toEqual([days, { name: 'since', type: 'text', required: true }]);
  asked.answer([days, { name: 'since', type: 'date', required: false }]);
  await declaring;
  expect(tab(desk, id).parameters?.[1]).toEqual({ name: 'since', type: 'date', required: false });
});

test('where a text names none it is said how', async () => {
  const { desk } = lodge.sitDown('ada');
  await declareParameters(desk, tabWith(desk, 'select 1'));
  expect(toasts(desk)[0]).toMatch(/^Write :name in the text/);
});
