/** How a collection is written in the shell's notation. */

/** What the shell takes behind a dot: words, and dots between them. */
const PLAIN = /^[\p{ID_Start}_$][\p{ID_Continue}$]*(?:\.[\p{ID_Start}_$][\p{ID_Continue}$]*)*$/u;

/** `db` is what stands for the database. */
export const writeCollection = (name: string, db = 'db'): string =>
  PLAIN.test(name) ? `${db}.${name}` : `${db}.getCollection(${JSON.stringify(name)})`;
