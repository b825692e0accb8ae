/**
 * EventBridge: PutEvents on the default bus of each account and region, which is there in every one. Source: EventBridge API
 * reference, PutEvents and PutEventsRequestEntry, and "Calculating PutEvents event entry size".
 */
import * as z from 'zod';
import { Fault } from './fault.ts';
import { jsonService, parse } from './json-service.ts';
import type { Caller, JsonService } from './service.ts';

const Entry = z.object({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().min(1).max(1_600).optional(),
  TraceHeader: z.string().min(1).max(500).optional(),
});
type Entry = z.infer<typeof Entry>;

const PutEvents = z.object({ EndpointId: z.string().optional(), Entries: z.array(Entry).min(1).max(10) });

/** An event as a rule would see it. */
export interface BusEvent {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

/** The older limit of the two that AWS has had, of all entries together. */
const MOST_BYTES = 256 * 1024;

/** So many events are remembered, for whoever looks; no rule is here to send them on. */
const KEPT = 1_000;

const ABOUT = { name: 'events', target: 'AWSEvents', contentType: 'application/x-amz-json-1.1' };

export const eventBridge = (): { readonly service: JsonService; readonly events: readonly BusEvent[] } => {
  const events: BusEvent[] = [];
  let made = 0;
  const service = jsonService(ABOUT, {
    PutEvents(body, caller) {
      const { Entries: entries, EndpointId } = parse(PutEvents, body);
      if (EndpointId) throw new Fault('invalid', 'There is no global endpoint here.');
      for (const each of entries) caller.authorize('events:PutEvents', busArn(each, caller));
      const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
      if (size > MOST_BYTES) throw new Fault('invalid', 'Total size of the entries in the request is over the limit.');
      if (!entries.some(isWhole)) throw new Fault('invalid', 'No entry has a source, a detail-type and a detail.');
      const results = entries.map((entry) => {
        const refused = refusalOf(entry, caller);
        if (refused) return refused;
        made += 1;
        const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
        events.push(eventOf(id, entry, caller));
        if (events.length > KEPT) events.shift();
        return { EventId: id };
      });
      return { FailedEntryCount: results.filter((each) => 'ErrorCode' in each).length, Entries: results };
    },
  });
  return { service, events };
};

/** A name or an ARN; left out: the default bus. */
const busArn = ({ EventBusName = 'default' }: Entry, { region, key }: Caller): string =>
  EventBusName.startsWith('arn:')
    ? EventBusName
    : `arn:aws:events:${region}:${key.principal.accountId}:event-bus/${EventBusName}`;

const isWhole = ({ Source, DetailType, Detail }: Entry): boolean => Boolean(Source && DetailType && Detail);

const bytes = (text = ''): number => Buffer.byteLength(text);

const sizeOf = ({ Time, Source, DetailType, Detail, Resources = [] }: Entry): number =>
  (Time === undefined ? 0 : 14) +
  bytes(Source) +
  bytes(DetailType) +
  bytes(Detail) +
  Resources.reduce((sum, each) => sum + bytes(each), 0);

const invalid = (ErrorMessage: string) => ({ ErrorCode: 'InvalidArgument', ErrorMessage });

/** What is wrong with one entry is said in its place of an answer that succeeds. */
const refusalOf = (entry: Entry, caller: Caller): { ErrorCode: string; ErrorMessage: string } | undefined => {
  const { Source, DetailType, Detail } = entry;
  if (!Source) return invalid('Parameter Source is not valid. Reason: Source is a required argument.');
  if (/^aws\./i.test(Source))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  if (!DetailType) return invalid('Parameter DetailType is not valid. Reason: DetailType is a required argument.');
  if (DetailType.length > 128) return invalid('Parameter DetailType is not valid. Reason: it is too long.');
  if (!Detail) return invalid('Parameter Detail is not valid. Reason: Detail is a required argument.');
  if (!isObject(Detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  if (busArn(entry, caller) !== busArn({}, caller))
    return invalid('Parameter EventBusName is not valid. Reason: there is no such event bus.');
  return undefined;
};

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const eventOf = (id: string, { Source = '', DetailType = '', Detail = '' }: Entry, caller: Caller): BusEvent => ({
  id,
  account: caller.key.principal.accountId,
  region: caller.region,
  source: Source,
  detailType: DetailType,
  detail: JSON.parse(Detail),
});
