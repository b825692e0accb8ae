import type { Value } from '#contract/results.ts';
import type { FirstRows } from './preview.ts';

/**
 * Reads back what `jsonl.ts` writes: the lines that end, each value with the very digits that stand there. A file without
 * rows does not say which columns it would have had.
 */
export const firstOfJsonl = (text: string, most: number): FirstRows => {
  const lines = text.split('\n').slice(0, -1).slice(0, most).map(membersOf);
  return {
    columns: lines[0]?.map(([name]) => name) ?? [],
    rows: lines.map((members) => members.map(([, value]) => value)),
  };
};

/** Names and values in their order, which JSON.parse would not keep for names that are numbers. */
const membersOf = (line: string): (readonly [string, Value])[] => {
  const members: (readonly [string, Value])[] = [];
  for (let at = 1; line[at] !== '}' && at < line.length; ) {
    const nameEnd = endOfValue(line, at);
    const valueEnd = endOfValue(line, nameEnd + 1);
    members.push([JSON.parse(line.slice(at, nameEnd)), shown(line.slice(nameEnd + 1, valueEnd))]);
    at = line[valueEnd] === ',' ? valueEnd + 1 : valueEnd;
  }
  return members;
};

const shown = (json: string): Value => {
  if (json === 'null') return null;
  return json.startsWith('"') ? JSON.parse(json) : json;
};

/** Where the value that begins at `from` ends: at the next comma, colon or brace that is not inside of it. */
const endOfValue = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') depth += 1;
    else if (depth === 0 && (character === ',' || character === ':' || character === '}')) return at;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return text.length;
};

/** The closing quote of the string that begins at `from`. */
const endOfString = (text: string, from: number): number => {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};
