import type { Consumed } from '#contract/results.ts';
import type { ResultEvent } from '../engines/engine.ts';
import type { DeedEnd } from '../ports/audit.ts';

/** A line of rows says how many it holds before anything else; see `engines/sql/row-lines.ts`. */
const ROWS = /^\{"type":"rows","count":(\d{1,9}),/;
const HEAD = 40;

/** What the results of a script come to. Rows are not parsed: their lines say how many they are. */
export class Tally {
  #rows = 0;
  #bytes = 0;
  #affected: number | undefined;
  #consumed: Consumed[] = [];

  see(event: ResultEvent): void {
    if (event instanceof Uint8Array) {
      const head = Buffer.from(event.buffer, event.byteOffset, Math.min(HEAD, event.byteLength)).toString('latin1');
      this.#rows += Number(ROWS.exec(head)?.[1] ?? 0);
      this.#bytes += event.byteLength;
    } else if (event.type === 'rows') {
      this.#rows += event.count;
      this.#bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    } else if (event.type === 'done') {
      if (event.affected !== undefined) this.#affected = (this.#affected ?? 0) + event.affected;
      if (event.consumed) this.#consumed = sumOfConsumed([...this.#consumed, event.consumed]);
    }
  }

  /** As a record has it. */
  end(): Pick<DeedEnd, 'rows' | 'bytes' | 'affected' | 'consumed'> {
    return {
      rows: this.#rows,
      bytes: this.#bytes,
      ...(this.#affected !== undefined && { affected: this.#affected }),
      ...(this.#consumed.length > 0 && { consumed: this.#consumed }),
    };
  }
}

/** Reads and writes are billed apart; all statements together. */
export function sumOfConsumed(all: readonly Consumed[]): Consumed[] {
  const sums = new Map<Consumed['kind'], Consumed>();
  for (const { kind, units, indexes = {} } of all) {
    const sum = sums.get(kind) ?? { kind, units: 0 };
    for (const [index, used] of Object.entries(indexes))
      sum.indexes = { ...sum.indexes, [index]: (sum.indexes?.[index] ?? 0) + used };
    sums.set(kind, { ...sum, units: sum.units + units });
  }
  return [...sums.values()];
}
