/** The page of automations before the true handlers, over ports in memory, with a desk that its dialogs stand on. */
import type { Automation, Run } from '#contract/automations.ts';
import { type Desk, openDesk } from '../../../../frontend/src/features/workbench/desk.ts';
import { draft, house as furnish } from '../../../automations/house.ts';
import { sessionOf } from '../../../support/people.ts';
import { request, textOf } from '../../../support/requests.ts';
import { storage } from '../workbench/demo.ts';

export { dialog, toasts } from '../scripts/house.ts';

type Furnishing = NonNullable<Parameters<typeof furnish>[0]>;

export function house({ runs = [], ...furnishing }: Furnishing = {}) {
  const known: Run[] = [...runs];
  const lodge = furnish({ ...furnishing, runs: known });
  const called: string[] = [];
  /** The path of whatever is refused from now on, as a server that is gone does. */
  const broken = new Set<string>();
  Object.assign(globalThis, { location: { origin: 'http://localhost' } });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, { method = 'GET', body } = {}) => {
    const { pathname } = new URL(String(url));
    called.push(`${method} ${pathname}`);
    if (broken.has(pathname)) throw new TypeError('Failed to fetch');
    const answer = await lodge.app(request(method, pathname, body ? { body: String(body) } : {}));
    return new Response(answer.status === 204 ? null : await textOf(answer), { status: answer.status });
  });
  const { user } = sessionOf('administrator');
  const desk: Desk = openDesk(
    {
      user,
      account: { id: '111122223333' },
      role: 'administrator',
      automates: true,
      expiresAt: '2030-01-01T00:00:00.000Z',
      instance: { claimed: true, name: 'Northwind' },
      regions: ['eu-central-1'],
    },
    storage(),
  );
  return {
    ...lodge,
    desk,
    called,
    broken,
    /** The history; what is put in here has happened. */
    runs: known,
    async make(changes: Parameters<typeof draft>[0] = {}): Promise<Automation> {
      const { json } = await lodge.save(draft({ schedule: undefined, ...changes }));
      return json;
    },
  };
}

export function leave(): void {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'location');
}

/** Until what was asked has been answered. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 500; turns += 1) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('This never came.');
}
