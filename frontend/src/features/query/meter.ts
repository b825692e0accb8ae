/** What a tab's statements have been charged since it was opened, or since somebody began anew. */
import type { Consumed } from '#contract/results.ts';

export interface Charges {
  /** Capacity units. */
  readonly read: number;
  readonly write: number;
  /** How many of them went to each index, by name. */
  readonly indexes: Readonly<Record<string, number>>;
}

export const NO_CHARGES: Charges = { read: 0, write: 0, indexes: {} };

export function charged(charges: Charges, { kind, units, indexes = {} }: Consumed): Charges {
  const sums = { ...charges.indexes };
  for (const [name, some] of Object.entries(indexes)) sums[name] = (sums[name] ?? 0) + some;
  return { ...charges, [kind]: charges[kind] + units, indexes: sums };
}

/** `12.5 read and 1 write units`; undefined where nothing was charged. */
export function chargesText({ read, write }: Charges): string | undefined {
  const parts = Object.entries({ read, write }).filter(([, units]) => units > 0);
  if (parts.length === 0) return undefined;
  const [last] = parts.at(-1) ?? [];
  const one = parts.length === 1 && (last === 'read' ? read : write) === 1;
  return `${parts.map(([kind, units]) => `${units.toLocaleString('en')} ${kind}`).join(' and ')} ${one ? 'unit' : 'units'}`;
}
