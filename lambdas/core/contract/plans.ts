/** What a statement will read, told before it runs. */
import * as z from 'zod';

export const StatementPlan = z.object({
  /** Counted from 0, and where it stands in the script. */
  statement: z.number().int().nonnegative(),
  from: z.number().int(),
  to: z.number().int(),
  /** `key`: by the partition key; `index`: by an index's; `scan`: all of it; `write`; `unsure`: it cannot be told. */
  way: z.enum(['key', 'index', 'scan', 'write', 'unsure']),
  /** The sentence for the screen. */
  message: z.string(),
  /** What may be read at most, as the service last counted. */
  items: z.number().optional(),
  bytes: z.number().optional(),
  /** Why it will be refused; absent where it may run. */
  refusal: z.string().optional(),
});
export type StatementPlan = z.infer<typeof StatementPlan>;
