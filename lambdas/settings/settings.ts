import { AppError } from '#contract/errors.ts';
import { InstanceSettings, type SettingsView } from '#contract/settings.ts';
import { changesBetween } from '#core/audit/changes.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { Networks } from '#core/networks/networks.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Instance, Store } from '#core/ports/store.ts';

export interface SettingsPorts {
  readonly store: Store;
  readonly audit: Audit;
  readonly networks?: Networks | undefined;
}

/** What was decided about the instance: read, and changed on the state that was read. */
export const settings = ({ store, audit, networks }: SettingsPorts): Handlers<'settings'> => ({
  settings: async () => view(await claimed(store), networks),
  changeSettings: async ({ body }, context) => {
    const instance = await claimed(store);
    const change = changesBetween(InstanceSettings.parse(instance), body.settings);
    const deed = { ...deedOf('settings-change', context), change };
    return recorded({ audit, instance }, deed, async () =>
      view(await store.changeSettings(body.settings, body.revision), networks),
    );
  },
  access: async () => store.access(),
  changeAccess: async ({ body: { rules, narrowings, revision } }, context) => {
    const [before, instance] = await Promise.all([store.access(), claimed(store)]);
    const change = changesBetween({ rules: before.rules, narrowings: before.narrowings }, { rules, narrowings });
    const deed = { ...deedOf('access-change', context), change };
    return recorded({ audit, instance }, deed, () => store.changeAccess({ rules, narrowings }, revision));
  },
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
