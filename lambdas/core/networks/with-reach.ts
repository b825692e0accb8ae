import type { Discovery } from '../ports/discovery.ts';
import type { Networks } from './networks.ts';
import { reachOf } from './reach.ts';

/** A discovery that says of each resource how it would be reached. */
export const withReach = (discovery: Discovery, networks: Networks | undefined): Discovery => ({
  ...discovery,
  async list(service, region, scope) {
    const found = await discovery.list(service, region, scope);
    const resources = found.resources.map((resource) => ({ ...resource, reach: reachOf(resource, networks) }));
    return { ...found, resources };
  },
});
