import type { Spot } from './tree-branches.ts';

/** Where a resource is, in few words: its region, and the account where it is another. */
export const placeText = ({ resource, account }: Spot): string =>
  account ? `${resource.region} · ${account.name}` : resource.region;
