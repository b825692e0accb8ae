/** What the rules of the instance do to single tables: by their names, or by tags that are read with the user's own keys. */
import { AppError } from '#contract/errors.ts';
import type { Tags } from '#contract/resources.ts';
import { readTags } from '../../aws/read-tags.ts';
import { AT_ONCE, TABLE_TAGS } from '../../aws/table-tags.ts';
import type { ServiceTarget, TableAccess } from '../engine.ts';
import type { Calls } from './calls.ts';
import { readTableTags } from './tags.ts';

/** A list of tables is an answer that must be there within 29 seconds (API Gateway, "Quotas"): what is not read by then is left out. */
const LIST_MS = 15_000;

export interface Ruled {
  readonly effect: ReturnType<TableAccess>;
  /** Why its tags are not known, where they might have decided otherwise. */
  readonly unread?: AppError;
}

export class TableRules {
  readonly #calls: Calls;
  readonly #target: ServiceTarget;
  readonly #access: TableAccess;
  readonly #listMs: number;

  constructor(calls: Calls, target: ServiceTarget, access: TableAccess, listMs = LIST_MS) {
    this.#calls = calls;
    this.#target = target;
    this.#access = access;
    this.#listMs = listMs;
  }

  /** Tags that cannot be read are taken to be those that the rules look for. Errors: those that end the connection. */
  async of(table: string, signal?: AbortSignal): Promise<Ruled> {
    const feared = this.#access(table, undefined);
    if (!this.#asksTags(table)) return { effect: feared };
    try {
      return { effect: this.#access(table, await this.#tags(table, false, signal)) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { effect: feared, unread: error };
    }
  }

  /** Those of a list that may be seen, and whether they are only read. */
  async seen(tables: readonly string[]): Promise<{ name: string; readOnly: boolean }[]> {
    const until = performance.now() + this.#listMs;
    const { tags } = await readTags(
      tables.filter((table) => this.#asksTags(table)),
      {
        action: `dynamodb:${TABLE_TAGS}`,
        atOnce: AT_ONCE,
        read: (table) => this.#tags(table, true),
        isOver: () => performance.now() > until,
      },
    );
    return tables.flatMap((name) => {
      const effect = this.#access(name, tags.get(name));
      return effect === 'hidden' ? [] : { name, readOnly: effect === 'read-only' };
    });
  }

  /** Where it makes no difference whether a table bears all tags or none, nobody need ask for them. */
  #asksTags(table: string): boolean {
    return this.#access(table, undefined) !== this.#access(table, {});
  }

  #tags(table: string, inTurn: boolean, signal?: AbortSignal): Promise<Tags> {
    return readTableTags({ calls: this.#calls, target: this.#target, table, inTurn }, signal);
  }
}
