/** The tabs of the workbench as values: every change makes a new state, so that it can be stored, tested and undone. */
import * as z from 'zod';

export const Tab = z.object({
  id: z.string().min(1),
  title: z.string(),
  text: z.string(),
  /** The `key` of its connection; absent until the first run asks for one. */
  connectionKey: z.string().optional(),
});
export type Tab = z.infer<typeof Tab>;
