/** Reads what the stream of resources says, a line at a time. */
import * as z from 'zod';
import { Resource, ResourcesRecord } from '#contract/resources.ts';
import { inSlices } from '../../grid/slices.ts';
import { prepare } from './resource-index.ts';

const [Answer, ...Others] = ResourcesRecord.options;
const Unread = z.discriminatedUnion('type', [Answer.extend({ resources: z.array(z.unknown()) }), ...Others]);

/**
 * A line as a record, its resources in the order of their names. One service may have thousands in one region: they are
 * read in slices, between which the page does what else there is to do. A record or a resource of a kind that this page
 * does not know is from a newer server: it is passed over. Rejects with the signal's reason.
 */
export async function readRecord(line: Uint8Array, signal: AbortSignal): Promise<ResourcesRecord | undefined> {
  const { data } = Unread.safeParse(JSON.parse(new TextDecoder().decode(line)));
  if (data?.type !== 'resources') return data;
  const unread = data.resources;
  const resources: Resource[] = [];
  await inSlices(unread.length, signal, (index) => {
    const read = Resource.safeParse(unread[index]);
    if (!read.success) return;
    prepare(read.data);
    resources.push(read.data);
  });
  return { ...data, resources: resources.sort(byName) };
}

/** `db-2` stands before `db-10`. */
const names = new Intl.Collator('en', { numeric: true });
const byName = (one: Resource, other: Resource): number => names.compare(one.name, other.name);
