/** A document as lines to read. What its notation says of types stands beside the values, not around them. */
import { type JsonLine, type JsonPart, jsonLines } from './json-lines.ts';

/** Undefined where the text is no JSON. `type` is that of its column. */
export const documentLines = (text: string, type: string): JsonLine[] | undefined => (NOTATIONS[type] ?? inlined)(text);

type Read = (text: string) => JsonLine[] | undefined;

/** By the type of the column. */
const NOTATIONS: Readonly<Record<string, Read>> = { 'DynamoDB JSON': dynamoLines };

/** `{ "$oid": "…" }` and the like, one value in an object of its own, stand on one line. */
function inlined(text: string): JsonLine[] | undefined {
  const lines = jsonLines(text);
  if (!lines) return undefined;
  const kept: JsonLine[] = [];
  /** Where each line has come to, for those that say which line closes them. */
  const places: number[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as JsonLine;
    const [inner, closing] = lines.slice(at + 1, at + 3);
    places[at] = kept.length;
    if (
      line.closedBy !== at + 2 ||
      line.holds !== 1 ||
      !inner ||
      !closing ||
      inner.closedBy !== undefined ||
      line.depth === 0
    )
      kept.push(line);
    else {
      kept.push({ depth: line.depth, parts: [...line.parts, SPACE, ...inner.parts, SPACE, ...closing.parts] });
      at += 2;
    }
  }
  return kept.map((line) => (line.closedBy === undefined ? line : { ...line, closedBy: places[line.closedBy] ?? 0 }));
}
const SPACE: JsonPart = { kind: 'sign', text: ' ' };

type Attribute = Readonly<Record<string, unknown>>;

/** DynamoDB JSON (Developer Guide, "DynamoDB low-level API"): its numbers are texts, so that parsing loses no digit. */
function dynamoLines(text: string): JsonLine[] | undefined {
  try {
    const writer = new Writer();
    writer.map(JSON.parse(text) as Attribute, '');
    return writer.lines;
  } catch {
    return undefined;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const sign = (text: string): JsonPart => ({ kind: 'sign', text });

class Writer {
  readonly lines: Mutable<JsonLine>[] = [];
  #depth = 0;

  map(members: Attribute, end: string, head: readonly JsonPart[] = []): void {
    const entries = Object.entries(members);
    this.#block([...head, sign('{')], [sign(`}${end}`)], entries, ([name, value], comma) =>
      this.#value(value as Attribute, comma, [{ kind: 'key', text: JSON.stringify(name) }, sign(': ')]),
    );
  }

  #value(value: Attribute, end: string, head: readonly JsonPart[]): void {
    const [[type = '', inner] = []] = Object.entries(value);
    const tag: JsonPart = { kind: 'type', text: type };
    if (type === 'M') this.map(inner as Attribute, end, [...head, tag]);
    else if (Array.isArray(inner))
      this.#block([...head, tag, sign('[')], [sign(`]${end}`)], inner, (each, comma) =>
        type === 'L'
          ? this.#value(each as Attribute, comma, [])
          : this.#line([
              { kind: type === 'NS' ? 'number' : 'text', text: scalar(type === 'NS' ? 'N' : 'S', each) },
              sign(comma),
            ]),
      );
    else this.#line([...head, tag, { kind: PARTS[type] ?? 'text', text: scalar(type, inner) }, sign(end)]);
  }

  /** What opens, its members each with their comma, and what closes; on one line where there are none. */
  #block<T>(
    opens: JsonPart[],
    closes: JsonPart[],
    members: readonly T[],
    write: (member: T, comma: string) => void,
  ): void {
    if (members.length === 0) {
      this.#line([...opens, ...closes]);
      return;
    }
    const opener = this.#line(opens);
    this.#depth += 1;
    for (const [at, member] of members.entries()) write(member, at < members.length - 1 ? ',' : '');
    this.#depth -= 1;
    opener.closedBy = this.lines.length;
    opener.holds = members.length;
    this.#line(closes);
  }

  #line(parts: readonly JsonPart[]): Mutable<JsonLine> {
    const line: Mutable<JsonLine> = { depth: this.#depth, parts: parts.filter(({ text }) => text !== '') };
    this.lines.push(line);
    return line;
  }
}

const PARTS: Readonly<Record<string, JsonPart['kind']>> = { N: 'number', BOOL: 'word', NULL: 'word' };
const scalar = (type: string, value: unknown): string =>
  type === 'NULL' ? 'null' : type === 'N' || type === 'BOOL' ? String(value) : JSON.stringify(value);
