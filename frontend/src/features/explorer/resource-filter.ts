/**
 * The language of the filter box: words, and terms such as `service:aurora`, `region:eu-central-1`, `tag:team=store`. All
 * words must be found; of one field any term will do, and every field that is named must agree. A value with spaces stands
 * in quotes. What looks like a term of no field is a word.
 */

/** The fields that terms may name; what each says of a resource is in resource-index.ts. */
export const FIELDS = {
  service: { title: 'Service' },
  engine: { title: 'Engine' },
  region: { title: 'Region' },
  status: { title: 'Status' },
  reach: { title: 'Reached' },
  tag: { title: 'Tags' },
} as const;
export type Field = keyof typeof FIELDS;

export interface Term {
  readonly field: Field;
  /** In lower case; of a tag `name=value`, or its name alone. */
  readonly value: string;
}

export interface Filter {
  /** In lower case. */
  readonly words: readonly string[];
  readonly terms: readonly Term[];
}

export const NO_FILTER: Filter = { words: [], terms: [] };

export const isEmpty = ({ words, terms }: Filter): boolean => words.length === 0 && terms.length === 0;

/** One word or term of the text, quotes included. A quote that is not closed reaches to the end. */
const TOKEN = /(?:[^\s"]|"[^"]*(?:"|$))+/g;

const tokensOf = (text: string): string[] => text.match(TOKEN) ?? [];

/** A term, a word, or undefined for what says nothing yet: `region:` while it is being typed. */
function readToken(token: string): Term | string | undefined {
  const [, name = '', rest] = /^([a-z]+):(.*)$/is.exec(token) ?? [];
  const field = name.toLowerCase();
  const text = (rest !== undefined && Object.hasOwn(FIELDS, field) ? rest : token).replaceAll('"', '').toLowerCase();
  if (!text) return undefined;
  return rest !== undefined && Object.hasOwn(FIELDS, field) ? { field: field as Field, value: text } : text;
}

/** What a text asks for. Every text has a meaning: nobody is told of errors while typing. */
export function parseFilter(text: string): Filter {
  const words: string[] = [];
  const terms: Term[] = [];
  for (const token of tokensOf(text)) {
    const read = readToken(token);
    if (typeof read === 'string') words.push(read);
    else if (read) terms.push(read);
  }
  return { words, terms };
}

export const hasTerm = ({ terms }: Filter, { field, value }: Term): boolean =>
  terms.some((term) => term.field === field && term.value === value);

/** The text with a term more, or without it where it is there already. What else was typed stays as it is. */
export function toggleTerm(text: string, term: Term): string {
  const tokens = tokensOf(text);
  const others = tokens.filter((token) => {
    const read = readToken(token);
    return typeof read !== 'object' || read.field !== term.field || read.value !== term.value;
  });
  return (others.length < tokens.length ? others : [...tokens, writeTerm(term)]).join(' ');
}

/** As it is typed: in quotes where it must be. */
export const writeTerm = ({ field, value }: Term): string =>
  /[\s"]/.test(value) ? `${field}:"${value.replaceAll('"', '')}"` : `${field}:${value}`;
