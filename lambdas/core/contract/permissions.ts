/** What a user's own keys may read, service by service: shown at the claim, and to whoever wonders. */
import * as z from 'zod';
import { ErrorBody } from './errors.ts';

export const PermissionRecord = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('permission'),
    /** `RDS`, `Account alias`, … as people read it. */
    title: z.string(),
    /** `unknown`: the call said neither yes nor no. */
    state: z.enum(['allowed', 'denied', 'unknown']),
    /** The IAM actions that are asked for. The first lists; others add details, and are tried where there are any. */
    actions: z.array(z.string()),
    /** Those of them that were denied. `allowed` with some missing: listed, with less about each. */
    missing: z.array(z.string()),
    /** Why it is not known, or how far it was tried. */
    message: z.string().optional(),
  }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type PermissionRecord = z.infer<typeof PermissionRecord>;
