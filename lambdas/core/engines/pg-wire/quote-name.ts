/** A name that is always quoted needs no list of reserved words. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
