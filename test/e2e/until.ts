/** How long a condition may take to come true, in milliseconds: a bound for what is broken, not a measure. */
const PATIENCE = 20_000;

/** Asks again and again until it is so. Throws, with the name of what was waited for, when it never is. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`This never came: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
