import { isAdministrator } from '#core/aws/store/administrators.ts';
import type { Instance, UserRecord } from '#core/ports/store.ts';
import { everybody } from './everybody.ts';
import type { Ground } from './ground.ts';
import type { Terminal } from './terminal.ts';

/** Says whose the instance is. There are no secrets in the table. */
export async function show({ store, place }: Ground, { print }: Terminal): Promise<void> {
  const [instance, access, users] = await Promise.all([store.instance(), store.access(), everybody(store)]);
  const lines: Line[] = [
    ['Table', place],
    ...(instance ? settingsOf(instance) : ([['Instance', 'not claimed']] satisfies Line[])),
    ['Rules', `${access.rules.length} for first sign-ins, ${access.narrowings.length} that narrow roles`],
    ['Users', `${count(users.length)}, ${count(users.filter(({ blockedAt }) => blockedAt).length)} of them blocked`],
  ];
  for (const [title, text] of lines) print(`${title.padEnd(12)}${text}`);
  const administrators = users.filter(isAdministrator);
  print('Administrators');
  for (const one of administrators) print(described(one));
  if (administrators.length === 0) print('  none who may come in');
}

type Line = readonly [title: string, text: string];

const count = (value: number): string => value.toLocaleString('en');

function settingsOf(instance: Instance): Line[] {
  const { name, accountId, partition, claimedAt, administratorArn, regions, limits, audit } = instance;
  const scans = `scans of ${count(limits.scanItems)} items or ${count(limits.scanMegabytes)} MB`;
  return [
    ['Instance', name],
    ['Account', `${accountId} (${partition})`],
    ['Claimed', `${claimedAt} by ${administratorArn}`],
    ['Regions', regions.join(', ')],
    ['Sessions', `${instance.sessionMinutes} minutes`],
    ['Newcomers', instance.defaultRole],
    ['Limits', `${count(limits.rows)} rows, ${limits.seconds} seconds, ${limits.statements} scripts at once, ${scans}`],
    ['Record', `kept ${audit.days} days, literals ${audit.redactLiterals ? 'replaced' : 'kept'}`],
  ];
}

const described = ({ name, id, arn, lastSeenAt }: UserRecord): string =>
  `  ${name}, last seen ${lastSeenAt}\n    ${id}\n    ${arn}`;
