/** Medians of rounds in which the things compared take turns: so they see the same machine. */

/** How often each thing is measured. */
export const ROUNDS = 5;

/** The middle value; of an even count the upper one. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs all of them in turn, A B A B, and gives each one's results. The first round warms up and is not counted. */
export async function inTurn<T extends Record<string, () => Promise<unknown>>>(
  measures: T,
  rounds: number = ROUNDS,
): Promise<{ [Name in keyof T]: Awaited<ReturnType<T[Name]>>[] }> {
  const results = Object.fromEntries(Object.keys(measures).map((name) => [name, [] as unknown[]]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, measure] of Object.entries(measures)) {
      const result = await measure();
      if (round > 0) results[name]?.push(result);
    }
  return results as { [Name in keyof T]: Awaited<ReturnType<T[Name]>>[] };
}
