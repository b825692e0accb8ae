/** A network as the functions know it: the stack writes it into their environment. */
import * as z from 'zod';

export const Network = z.object({
  name: z.string(),
  vpcId: z.string(),
  subnetIds: z.array(z.string()),
  /** Regions whose databases its VPC reaches over peering or a transit gateway, beside its own VPC's. */
  regions: z.array(z.string()).optional(),
  /** The connector's function, by name or ARN. */
  connector: z.string(),
});
export type Network = z.infer<typeof Network>;
