/** What may be typed at a place of a statement in the shell's notation: collections, methods, and fields inside of documents. */
import { AGGREGATE_METHODS, COLLECTION_METHODS, DATABASE_METHODS, FIND_METHODS } from '#contract/mongo/methods.ts';
import { type MongoToken, readMongoToken } from '#contract/mongo/tokens.ts';
import type { NamedTable, NameIndex } from './name-index.ts';
import type { Suggestion, Suggestions } from './suggest.ts';
import { writeCollection } from './write-collection.ts';

/** What stands before the cursor: the names and calls of the chain, the brackets that are open, the word that has begun. */
interface Place {
  readonly chain: readonly Link[];
  readonly open: readonly string[];
  /** The sign before the word; empty: another word, or nothing. */
  readonly after: string;
  readonly from: number;
  readonly prefix: string;
}
interface Link {
  readonly name: string;
  /** Its brackets, where it is called: the text that stands first in them, which can be a name. */
  readonly called?: string;
}

const MOST = 250;

export function suggestMongo(statement: string, cursor: number, index: NameIndex | undefined): Suggestions | undefined {
  const place = placeOf(statement, cursor);
  if (!place) return undefined;
  const wanted = place.prefix.toLowerCase();
  const found = place.open.length > 0 ? inside(place, index) : next(place, index);
  const options = found.filter(({ label }) => label.toLowerCase().includes(wanted));
  const begins = ({ label }: Suggestion): boolean => label.toLowerCase().startsWith(wanted);
  const ranked = [...options.filter(begins), ...options.filter((option) => wanted.length > 1 && !begins(option))];
  return { from: place.from, options: ranked.slice(0, MOST) };
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Undefined inside of a text, a comment or a regular expression. */
function placeOf(statement: string, cursor: number): Place | undefined {
  const chain: { name: string; called?: string }[] = [];
  const open: string[] = [];
  let last: MongoToken | undefined;
  for (let at = 0; at < cursor; ) {
    const token = readMongoToken(statement, at);
    at = token.to;
    if (token.kind === 'space' || token.kind === 'line') continue;
    const isUnder = token.to > cursor || (token.to === cursor && !token.closed);
    if (token.kind === 'comment' && (isUnder || (token.to === cursor && statement.startsWith('//', token.from))))
      return undefined;
    if ((token.kind === 'string' || token.kind === 'regex') && isUnder) return undefined;
    if (token.kind === 'comment') continue;
    if (token.kind === 'word' && token.to >= cursor)
      return {
        chain,
        open,
        after: signOf(statement, last),
        from: token.from,
        prefix: statement.slice(token.from, cursor),
      };
    read(statement, token, { chain, open });
    last = token;
  }
  return { chain, open, after: signOf(statement, last), from: cursor, prefix: '' };
}

const signOf = (statement: string, token: MongoToken | undefined): string =>
  token?.kind === 'sign' ? statement.charAt(token.from) : '';

function read(
  statement: string,
  token: MongoToken,
  { chain, open }: { chain: { name: string; called?: string }[]; open: string[] },
): void {
  const text = statement.slice(token.from, token.to);
  const link = chain.at(-1);
  if (token.kind === 'sign' && OPENING.includes(text)) {
    if (open.length === 0 && text === '(' && link) link.called = '';
    open.push(text);
  } else if (token.kind === 'sign' && CLOSING.includes(text)) open.pop();
  else if (token.kind === 'word' && open.length === 0) chain.push({ name: text });
  else if (token.kind === 'string' && open.join('') === '[') chain.push({ name: text.slice(1, -1) });
  else if (token.kind === 'string' && open.length === 1 && link?.called === '') link.called = text.slice(1, -1);
}

/** What may come next in the chain. */
function next({ chain, after }: Place, index: NameIndex | undefined): Suggestion[] {
  const [first, ...links] = chain;
  if (!first) return after === '' ? words(['db', 'use', 'show'], 'keyword') : [];
  if (first.name === 'show' && links.length === 0) return words(['dbs', 'collections'], 'keyword');
  if (first.name === 'use' && links.length === 0) return words(index?.schemas ?? [], 'schema');
  if (first.name !== 'db' || after !== '.') return [];
  const here = links[0]?.name === 'getSiblingDB' ? links.slice(1) : links;
  const schema = links === here ? undefined : (links[0]?.called ?? '');
  const last = here.at(-1);
  if (!last)
    return [...collections(schema === undefined ? index : index?.schema(schema)), ...methods(DATABASE_METHODS)];
  if (last.called === undefined || last.name === 'getCollection') return methods(COLLECTION_METHODS);
  if (here.some(({ name, called }) => name === 'find' && called !== undefined)) return methods(FIND_METHODS);
  if (here.some(({ name, called }) => name === 'aggregate' && called !== undefined)) return methods(AGGREGATE_METHODS);
  return [];
}

/** Where a field may begin: those that some documents of the collection have, and what begins with a dollar. */
function inside({ chain, open, after, prefix }: Place, index: NameIndex | undefined): Suggestion[] {
  if (open.at(-1) !== '{' || (after !== '{' && after !== ',')) return [];
  if (prefix.startsWith('$')) return words(OPERATORS, 'keyword');
  const [collection] = collectionsOf(chain, index);
  const columns = collection && index ? index.columns(collection) : [];
  return columns.map(({ name, type }) => ({
    label: name,
    kind: 'column',
    detail: type,
    apply: /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name),
  }));
}

function collectionsOf(chain: readonly Link[], index: NameIndex | undefined): NamedTable[] {
  const [, ...links] = chain;
  const named = links.find(({ name, called }) => name === 'getCollection' && called !== undefined)?.called;
  const path = links.filter(({ called }) => called === undefined).map(({ name }) => name);
  return index?.named(named ?? path.join('.')) ?? [];
}

function collections(index: NameIndex | undefined): Suggestion[] {
  return (index?.withPrefix('', MOST) ?? []).map(({ name, schema }) => ({
    label: name,
    kind: 'table',
    detail: schema,
    apply: writeCollection(name, '').slice(1),
  }));
}

const words = (names: readonly string[], kind: Suggestion['kind']): Suggestion[] =>
  names.map((name) => ({ label: name, kind, apply: name }));
const methods = (names: readonly string[]): Suggestion[] =>
  names.map((name) => ({ label: name, kind: 'function', detail: 'method', apply: name }));

/** Of queries, of updates, and the stages of an aggregation (DocumentDB Developer Guide, "Supported MongoDB APIs"). */
const OPERATORS =
  `$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $regex $all $elemMatch $size $mod $expr
  $set $unset $inc $mul $min $max $rename $setOnInsert $currentDate $push $pull $pullAll $pop $addToSet $each
  $match $project $group $sort $limit $skip $unwind $count $addFields $lookup $sample $replaceRoot $bucket $facet
  $sum $avg $first $last $concat $cond $ifNull $toString $dateToString`
    .split(/\s+/)
    .filter(Boolean);
