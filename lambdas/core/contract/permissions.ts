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
    /** The IAM actions that are asked for, and those of them that are missing. */
    actions: z.array(z.string()),
    missing: z.array(z.string()),
    /** Why it is not known. */
    message: z.string().optional(),
  }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({ type: z.literal('error'), error: ErrorBody }),
  z.object({ type: z.literal('end'), elapsedMs: z.number() }),
]);
export type PermissionRecord = z.infer<typeof PermissionRecord>;
