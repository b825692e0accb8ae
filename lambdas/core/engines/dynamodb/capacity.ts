/** The capacity that a statement has consumed, over all its pages. */
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Consumed } from '#contract/results.ts';

export class CapacitySum {
  #units: number | undefined;
  readonly #indexes: Record<string, number> = {};

  add(capacity: ConsumedCapacity | undefined): void {
    if (capacity?.CapacityUnits === undefined) return;
    this.#units = (this.#units ?? 0) + capacity.CapacityUnits;
    for (const indexes of [capacity.GlobalSecondaryIndexes, capacity.LocalSecondaryIndexes])
      for (const [name, { CapacityUnits = 0 }] of Object.entries(indexes ?? {}))
        this.#indexes[name] = (this.#indexes[name] ?? 0) + CapacityUnits;
  }

  /** Undefined where DynamoDB has not said. */
  get consumed(): Omit<Consumed, 'kind'> | undefined {
    if (this.#units === undefined) return undefined;
    return { units: this.#units, ...(Object.keys(this.#indexes).length > 0 && { indexes: { ...this.#indexes } }) };
  }
}
