/**
 * The tenant of this process, where the functions are isolated: Lambda never gives an execution environment to another one
 * (Lambda Developer Guide, "Tenant isolation"), so that it is the same for all that ever runs here.
 */
let ownTenant: string | undefined;

export const knowTenant = (tenant: string | undefined): void => {
  ownTenant = tenant;
};

/** What a call to a connector must name; undefined where nothing is isolated. */
export const tenantHere = (): string | undefined => ownTenant;
