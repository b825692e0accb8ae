/** The arguments of a call: documents, texts and lists at their places; what is missing or of another kind is an error there. */
import type { Call, Data, DataMap } from './shell/parse.ts';
import { wrong } from './shell/wrong.ts';

export const required = (call: Call, at: number): Data => {
  if (call.args[at] === undefined)
    throw wrong(`${call.name}() needs ${at === 0 ? 'a value' : `${at + 1} values`} here`, call.at);
  return call.args[at];
};
export const map = (call: Call, at: number, what = 'a document'): DataMap => {
  const value = required(call, at);
  if (!(value instanceof Map)) throw wrong(`${call.name}() takes ${what} here`, call.at);
  return value;
};
export const optional = (call: Call, at: number): DataMap => (call.args[at] == null ? new Map() : map(call, at));
export const text = (call: Call, at: number): string => {
  const value = required(call, at);
  if (typeof value !== 'string' || value === '') throw wrong(`${call.name}() takes a text in quotes here`, call.at);
  return value;
};
export const list = (call: Call, at: number, what: string): Data[] => {
  const value = required(call, at);
  if (!Array.isArray(value)) throw wrong(`${call.name}() takes ${what} here`, call.at);
  return value;
};

/** Only the options that a method has: others would be fields of the command. */
export const options = (call: Call, at: number, known: readonly string[]): [string, Data][] =>
  [...optional(call, at)].map(([name, value]) => {
    if (!known.includes(name)) throw wrong(`${call.name}() has no option ${name}: it has ${known.join(', ')}`, call.at);
    return [name, value];
  });
