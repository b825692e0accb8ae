/**
 * Reads one statement of the shell's notation as data. Nothing is evaluated: there are names, calls and values, and what is
 * anything else is an error that says where and what was expected. Documents become Maps, so that no name of a field
 * means anything to JavaScript.
 */
import { BSONRegExp, Double, Int32 } from 'mongodb';
import { parameterName } from '#contract/mongo/parameters.ts';
import { type MongoToken, readMongoToken } from '#contract/mongo/tokens.ts';
import type { BoundParameter } from '#contract/parameters.ts';
import { boundValue } from './bound-values.ts';
import { CONSTRUCTORS, extended, WORDS } from './constructors.ts';
import { textOf } from './texts.ts';
import { wrong } from './wrong.ts';

/** Values are BSON's own classes, texts, booleans, null, dates, Maps and arrays. */
export type Data = unknown;
export type DataMap = Map<string, Data>;

export interface Call {
  readonly name: string;
  readonly args: readonly Data[];
  /** Where the name stands, counted from 0. */
  readonly at: number;
}
export type Shell =
  /** `use other`, `show dbs` */
  { readonly kind: 'word'; readonly word: 'use' | 'show'; readonly what: string; readonly at: number } | Calls;
/** `db.a.b.find({}).limit(1)`: names, then calls. */
interface Calls {
  readonly kind: 'calls';
  /** The `getSiblingDB("other")` that stands before them. */
  readonly sibling: Call | undefined;
  readonly names: readonly string[];
  readonly calls: readonly Call[];
  readonly at: number;
}

/** More levels than a document of DocumentDB may have (its limit is 100, Developer Guide, "Quotas and limits"). */
const DEEPEST = 100;
const INT = 2 ** 31;

/** Where a value may stand, so may `:name`, which is then the value of that parameter. Errors: STATEMENT_FAILED with `native.position`. */
export function parse(text: string, parameters: readonly BoundParameter[] = []): Shell {
  return new Parser(text, parameters).statement();
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly MongoToken[];
  readonly #parameters: readonly BoundParameter[];
  #at = 0;

  constructor(text: string, parameters: readonly BoundParameter[]) {
    this.#text = text;
    this.#parameters = parameters;
    const tokens: MongoToken[] = [];
    for (let at = 0; at < text.length; ) {
      const token = readMongoToken(text, at);
      if (!token.closed) throw wrong(`This ${NAMES[token.kind] ?? 'text'} has no end`, token.from);
      if (!['space', 'line', 'comment'].includes(token.kind)) tokens.push(token);
      at = token.to;
    }
    this.#tokens = tokens;
  }

  statement(): Shell {
    const first = this.#peek();
    const word = this.#word();
    if (word === 'use' || word === 'show') return this.#command(word);
    if (word !== 'db') throw this.#expected('`db`, `use` or `show`', first);
    const names: string[] = [];
    const calls: Call[] = [];
    let sibling: Call | undefined;
    while (!this.#done()) {
      this.#step(names, calls);
      // What follows is as after `db`.
      if (names.length === 0 && calls[0]?.name === 'getSiblingDB') sibling = calls.pop();
    }
    return { kind: 'calls', sibling, names, calls, at: first?.from ?? 0 };
  }

  /** `.name`, `["name"]` or `(…)`. */
  #step(names: string[], calls: Call[]): void {
    const sign = this.#take();
    if (this.#is(sign, '.')) {
      const at = this.#peek();
      const name = this.#word();
      if (name === undefined) throw this.#expected('a name', at);
      if (this.#is(this.#peek(), '(')) {
        this.#take();
        calls.push({ name, args: this.#list(')', 0), at: at?.from ?? 0 });
      } else if (calls.length > 0) throw this.#expected('`(`', this.#peek());
      else names.push(name);
    } else if (this.#is(sign, '[') && calls.length === 0) {
      const at = this.#peek();
      const name = this.#value(0);
      if (typeof name !== 'string') throw this.#expected('the name of a collection in quotes', at);
      this.#expect(']');
      names.push(name);
    } else throw this.#expected('`.` or the end of the statement', sign);
  }

  /** The name of a database may hold what no word does. */
  #command(word: 'use' | 'show'): Shell {
    const from = this.#peek();
    const last = this.#tokens.at(-1);
    if (!from || !last)
      throw this.#expected(word === 'use' ? 'the name of a database' : '`dbs` or `collections`', from);
    return { kind: 'word', word, what: this.#text.slice(from.from, last.to), at: from.from };
  }

  #value(depth: number): Data {
    const token = this.#take();
    if (depth > DEEPEST) throw wrong(`Documents may have at most ${DEEPEST} levels`, token?.from ?? 0);
    if (token?.kind === 'string') return textOf(this.#text.slice(token.from, token.to), token.from);
    if (token?.kind === 'number') return this.#number(token, 1);
    if (token?.kind === 'regex') return this.#regex(token);
    if (token?.kind === 'word') return this.#named(token, depth);
    if (this.#is(token, '{')) return this.#document(depth + 1);
    if (this.#is(token, '[')) return this.#list(']', depth + 1);
    if (this.#is(token, '-') || this.#is(token, '+')) return this.#signed(this.#is(token, '-') ? -1 : 1);
    if (token && this.#is(token, ':')) return this.#bound(token);
    throw this.#expected('a value', token);
  }

  #document(depth: number): Data {
    const fields: DataMap = new Map();
    const at = this.#tokens[this.#at - 1]?.from ?? 0;
    while (!this.#is(this.#peek(), '}')) {
      const token = this.#take();
      const name = this.#fieldName(token);
      this.#expect(':');
      fields.set(name, this.#value(depth));
      if (!this.#is(this.#peek(), ',')) break;
      this.#take();
    }
    this.#expect('}', '`,` or `}`');
    return extended(fields, at);
  }

  #fieldName(token: MongoToken | undefined): string {
    const text = token ? this.#text.slice(token.from, token.to) : '';
    if (token?.kind === 'string') return textOf(text, token.from);
    if (token?.kind === 'word') return text;
    if (token?.kind === 'number') return String(Number(text));
    throw this.#expected('the name of a field or `}`', token);
  }

  #list(end: ')' | ']', depth: number): Data[] {
    const values: Data[] = [];
    while (!this.#is(this.#peek(), end)) {
      values.push(this.#value(depth));
      if (!this.#is(this.#peek(), ',')) break;
      this.#take();
    }
    this.#expect(end, `\`,\` or \`${end}\``);
    return values;
  }

  #signed(sign: 1 | -1): Data {
    const token = this.#take();
    if (token?.kind === 'number') return this.#number(token, sign);
    if (this.#textOf(token) === 'Infinity') return new Double(sign * Number.POSITIVE_INFINITY);
    throw this.#expected('a number', token);
  }

  /** As the shell has it: whole numbers of 32 bits are Int32, others Double. What a double would change is refused. */
  #number(token: MongoToken, sign: 1 | -1): Data {
    const text = this.#textOf(token);
    const value = sign * Number(text);
    if (/^\d+$/.test(text) && !Number.isSafeInteger(value))
      throw wrong(
        `A double cannot hold this number: write NumberLong("${text}") or NumberDecimal("${text}")`,
        token.from,
      );
    const isInt = Number.isInteger(value) && value >= -INT && value < INT && !Object.is(value, -0);
    return isInt ? new Int32(value) : new Double(value);
  }

  #regex(token: MongoToken): Data {
    const text = this.#textOf(token);
    const end = text.lastIndexOf('/');
    const options = text.slice(end + 1);
    if (!/^(?!.*(.).*\1)[imsux]*$/.test(options))
      throw wrong('A regular expression may have the options i, m, s, u and x, each once', token.from + end + 1);
    return new BSONRegExp(text.slice(1, end), [...options].sort().join(''));
  }

  /** `true`, `MinKey`, `ObjectId("…")`, `new Date()`. */
  #named(token: MongoToken, depth: number): Data {
    const isNew = this.#textOf(token) === 'new';
    const named = isNew ? this.#take() : token;
    const name = this.#textOf(named);
    const at = named?.from ?? this.#text.length;
    if (this.#is(this.#peek(), '(')) {
      this.#take();
      const make = CONSTRUCTORS.get(name);
      if (!make) throw wrong(`Lodge evaluates nothing, and knows no value ${name}(…)`, at);
      return make(this.#list(')', depth + 1), at, isNew);
    }
    const word = WORDS.get(name);
    if (isNew || !word) throw this.#expected('a value', named);
    return word();
  }

  /** `:name`, with nothing between. */
  #bound(colon: MongoToken): Data {
    const name = parameterName(this.#text, colon.to);
    if (name === undefined) throw this.#expected('a value', colon);
    const parameter = this.#parameters.find((each) => each.name === name);
    if (!parameter) throw wrong(`There is no parameter :${name}`, colon.from);
    this.#take();
    return boundValue(parameter, colon.from);
  }

  #word(): string | undefined {
    const token = this.#take();
    return token?.kind === 'word' ? this.#textOf(token) : undefined;
  }

  #done = (): boolean => this.#at >= this.#tokens.length;
  #peek = (): MongoToken | undefined => this.#tokens[this.#at];
  #take(): MongoToken | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }
  #textOf = (token: MongoToken | undefined): string => (token ? this.#text.slice(token.from, token.to) : '');
  #is = (token: MongoToken | undefined, sign: string): boolean =>
    token?.kind === 'sign' && this.#text.charAt(token.from) === sign;

  #expect(sign: string, words = `\`${sign}\``): void {
    const token = this.#take();
    if (!this.#is(token, sign)) throw this.#expected(words, token);
  }

  #expected(what: string, found: MongoToken | undefined) {
    const seen = found ? `not \`${this.#textOf(found).slice(0, 20)}\`` : 'and the statement ends';
    return wrong(`Here ${what} is expected, ${seen}`, found?.from ?? this.#text.length);
  }
}

const NAMES: Readonly<Partial<Record<MongoToken['kind'], string>>> = {
  regex: 'regular expression',
  comment: 'comment',
};
