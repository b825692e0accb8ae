import type { Tags } from '#contract/resources.ts';
import { TABLE_TAGS, tagsOfTable, turnIn } from '../../aws/table-tags.ts';
import type { ServiceTarget } from '../engine.ts';
import type { Calls } from './calls.ts';
import { arnOf } from './explain.ts';

interface Asked {
  readonly calls: Calls;
  readonly target: ServiceTarget;
  readonly table: string;
  /** True: one of many, which are asked for as fast as AWS allows. */
  readonly inTurn?: boolean;
}

/** The tags of a table, those of its table for an index. Errors: OBJECT_NOT_FOUND, AWS_DENIED, THROTTLED, AWS_UNAVAILABLE. */
export function readTableTags({ calls, target, table, inTurn = false }: Asked, signal?: AbortSignal): Promise<Tags> {
  const { accessKeyId } = calls;
  const arn = arnOf({ action: TABLE_TAGS, table }, target).replace(/(:table\/[^/]*)\/.*$/, '$1');
  const [, , , region, accountId] = arn.split(':');
  return calls.send(
    { action: TABLE_TAGS, table },
    (client, { abortSignal }) => {
      const wait = () => turnIn(`${accountId} ${region}`, abortSignal);
      return tagsOfTable(client, { arn, accessKeyId, signal: abortSignal, ...(inTurn && { wait }) });
    },
    signal,
  );
}
