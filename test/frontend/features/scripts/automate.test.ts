import { fromFragment } from '../../../../frontend/src/features/automations/view.ts';
import { automate } from '../../../../frontend/src/features/scripts/automate.ts';
import { house, leave } from './house.ts';

afterEach(leave);

test('a script is automated in the form of a new automation, which has it', () => {
  const { desk } = house().sitDown('ada');
  const went = jest.spyOn(desk.place, 'go').mockImplementation(() => undefined);
  automate(desk, 'sharedscript');
  const [path, fragment = ''] = went.mock.calls[0] ?? [];
  expect([path, fromFragment(fragment)]).toEqual(['/automations', { kind: 'make', scriptId: 'sharedscript' }]);
});
