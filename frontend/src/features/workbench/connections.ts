/** The connections of the workbench: what is known of each login that worked. Tokens live in memory only. */

import * as z from 'zod';
import { EngineName, LoginMethod } from '#contract/engines.ts';
import { Assume, Resource } from '#contract/resources.ts';

/** What may be stored of a connection: enough to make it again, and nothing that opens a door. */
export const SavedConnection = z.object({
  /** Stands for the connection in tabs and in the tree; the same login at the same database has the same key. */
  key: z.string().min(1),
  resource: Resource,
  engine: EngineName,
  version: z.string(),
  user: z.string(),
  database: z.string(),
  readOnly: z.boolean(),
  login: z.object({
    method: LoginMethod,
    user: z.string(),
    /** Another secret than the managed one: its name, never what it holds. */
    secretArn: z.string().optional(),
  }),
  /** The host of one of the resource's endpoints; the first one where nothing stands here. */
  endpoint: z.string().optional(),
  /** The role that is taken on first. Its external id is not kept with it: see explorer/accounts.ts. */
  assume: Assume.pick({ roleArn: true }).optional(),
});
export type SavedConnection = z.infer<typeof SavedConnection>;

export interface LiveConnection extends SavedConnection {
  /** The sealed connection token; absent after a reload or a new session, until somebody connects again. */
  readonly token?: string;
}
