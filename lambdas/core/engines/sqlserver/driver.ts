/**
 * tedious, loaded when the first connection to SQL Server is opened: whoever opens none does not wait for it. Its parser of
 * tokens is a part that its own types describe and its main module does not hand out.
 */
import type { Connection, Request, TYPES } from 'tedious';
import type { Collation } from 'tedious/lib/collation.js';
import type StreamParser from 'tedious/lib/token/stream-parser.js';

export interface Driver {
  readonly Connection: typeof Connection;
  readonly Request: typeof Request;
  readonly TYPES: typeof TYPES;
  readonly StreamParser: typeof StreamParser;
  readonly Collation: typeof Collation;
}

export async function loadDriver(): Promise<Driver> {
  const [main, parser, { Collation }] = await Promise.all([
    import('tedious'),
    import('tedious/lib/token/stream-parser.js'),
    import('tedious/lib/collation.js'),
  ]);
  const { Connection, Request, TYPES } = main;
  return { Connection, Request, TYPES, StreamParser: parser.default, Collation };
}
