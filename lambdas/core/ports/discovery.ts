import type { Resource, Service, Tags, Unread } from '#contract/resources.ts';
import type { Credentials } from './identity.ts';

/** Whose account is read, and with whose credentials: always the user's own. */
export interface Scope {
  readonly partition: string;
  readonly accountId: string;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Told of each answer of AWS, by calls that take several: who waits can tell a slow one from one that is silent. */
  answered?(): void;
}

/** What one service has in one region. */
export interface Found {
  readonly resources: Resource[];
  /** The actions that would have added details, and are denied. */
  readonly lacking: readonly string[];
  /** Why some of the resources have no tags: they could not be read. */
  readonly unread?: readonly Unread[];
  /** What was left out for that reason, where the rules go by tags. */
  readonly withheld?: readonly Unread[];
}

/** The tags of many, by what they were asked for; of what is absent they could not be read. */
export interface TagsRead {
  readonly tags: ReadonlyMap<string, Tags>;
  readonly unread: readonly Unread[];
}

/** What the account holds. */
export interface Discovery {
  /** All pages of one service in one region. Errors: AWS_DENIED (details.action), REGION_DISABLED, THROTTLED, AWS_UNAVAILABLE. */
  list(service: Service, region: string, scope: Scope): Promise<Found>;
  /**
   * Marks those of DynamoDB's tables that are global, where several of these resources have a table of that name; gives
   * the resources that have changed. It adds details only: what may not be described, or takes too long, stays unmarked.
   */
  markGlobalTables(regions: readonly Resource[], scope: Scope): Promise<Resource[]>;
  /**
   * One resource by its ARN, read again. Tags that take a call of their own are absent. Errors: RESOURCE_NOT_FOUND, and
   * those of `list`.
   */
  find(resourceId: string, scope: Scope): Promise<Resource>;
  /** The tags of one that `find` has found without. Errors: RESOURCE_NOT_FOUND, and those of `list`. */
  tags(resourceId: string, scope: Scope): Promise<Tags>;
  /** The tags of tables of DynamoDB, by the names of the tables: as fast as AWS allows, which is slow. */
  tableTags(region: string, tables: readonly string[], scope: Scope): Promise<TagsRead>;
}
