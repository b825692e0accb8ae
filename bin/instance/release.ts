import { INSTANCE_KEY, InstanceItem } from '#core/aws/store/items.ts';
import { Refusal } from './failures.ts';
import { forgetInstance, forgetUsersAndRules } from './forget.ts';
import type { Ground } from './ground.ts';
import { recordedBy } from './record.ts';
import type { Terminal } from './terminal.ts';

/**
 * Unbinds the instance; what has been recorded stays. Users and rules go first, so that nobody of the old ones is left when
 * somebody can claim anew, and once more at the end: somebody may have signed in meanwhile.
 */
export async function release(ground: Ground, terminal: Terminal): Promise<void> {
  const { table } = ground;
  const item = await table.get(INSTANCE_KEY);
  const instance = item && InstanceItem.parse(item);
  if (instance) await confirm(instance.name, ground, terminal);
  const change = instance ? `instance ${instance.name} released` : 'what was left of a released instance forgotten';
  const forgotten = await recordedBy(ground, { kind: 'release', change }, async () => {
    const users = await forgetUsersAndRules(table);
    if (!instance) return users;
    if (!(await forgetInstance(table, instance.claim)))
      throw new Refusal('Somebody else has released or claimed the instance meanwhile. Look at it again.');
    return users + (await forgetUsersAndRules(table));
  });
  terminal.print(
    instance
      ? `${instance.name} is released: ${forgotten} users are forgotten, and it can be claimed anew.`
      : `The instance is not claimed. ${forgotten} users were left, and are forgotten.`,
  );
}

async function confirm(name: string, { options, place }: Ground, { ask, print }: Terminal): Promise<void> {
  if (options.yes) return;
  if (!ask) throw new Refusal('Nobody is here to confirm it: say --yes.');
  print(`This unbinds ${name} (${place}). Everybody is signed out; settings, rules and users are forgotten.`);
  if ((await ask('Type the name of the instance: ')).trim() !== name)
    throw new Refusal('That is not its name. Nothing was changed.');
}
