import { AppError } from '#contract/errors.ts';
import { InstanceSettings, type SettingsView } from '#contract/settings.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Networks } from '#core/networks/networks.ts';
import type { Instance, Store } from '#core/ports.ts';

export interface SettingsPorts {
  readonly store: Store;
  readonly networks?: Networks | undefined;
}

/** What was decided about the instance: read, and changed on the state that was read. */
export const settings = ({ store, networks }: SettingsPorts): Handlers<'settings'> => ({
  settings: async () => view(await claimed(store), networks),
  changeSettings: async ({ body }) => view(await store.changeSettings(body.settings, body.revision), networks),
  access: async () => store.access(),
  changeAccess: async ({ body: { rules, narrowings, revision } }) =>
    store.changeAccess({ rules, narrowings }, revision),
});

async function claimed(store: Store): Promise<Instance> {
  const instance = await store.instance();
  if (!instance) throw new AppError('NOT_CLAIMED');
  return instance;
}

function view(instance: Instance, networks: Networks | undefined): SettingsView {
  const { accountId, partition, claimedAt, revision } = instance;
  const deployed = networks?.list.map(({ name, vpcId, subnetIds, regions }) => ({
    name,
    vpcId,
    subnetIds: [...subnetIds],
    ...(regions && { regions: [...regions] }),
  }));
  return {
    settings: InstanceSettings.parse(instance),
    revision,
    accountId,
    partition,
    claimedAt,
    ...(deployed && { networks: deployed }),
  };
}
