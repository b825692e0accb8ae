/** Where the engines on PostgreSQL's wire go different ways: what is said to the server, and what its answers mean. */
import type { FieldDef } from 'pg';
import type { Names, Node, NodePath, ObjectDescription } from '#contract/objects.ts';
import type { ValueKind } from '#contract/results.ts';
import type { SqlDialect } from '#contract/sql/split.ts';
import type { Wording } from './explain.ts';
import type { Session } from './session.ts';

export interface Flavour {
  /** How a script is split into statements. */
  readonly dialect: SqlDialect;
  /**
   * The first words on a new connection, in one round trip: settings, and in the only row of the last statement who we
   * are: version, user, database, and the handle by which a statement of this connection is cancelled. Without a handle,
   * it is the key that the protocol itself cancels by: `process.secret`.
   */
  setUp(readOnly: boolean): readonly string[];
  /** How a reader's transaction begins, and how it proves that it only reads: see `transaction.ts`. */
  readonly reading: { readonly begin: string; readonly proof: string; readonly expected: string };
  /** Lets the server end a statement after so many seconds; undefined where it cannot, and Lodge does it alone. */
  limit(seconds: number): string | undefined;
  /** Stops what another connection of the same user runs, by its handle. False: nothing was running by then. */
  cancel(session: Session, handle: string): Promise<boolean>;
  readonly lookUp: LookUp;
  readonly wording: Wording;
  readonly catalogue: Catalogue;
}

export interface Question {
  readonly text: string;
  /** Of `$1` and so on. */
  readonly values?: readonly string[];
}

export interface TypeInfo {
  readonly name: string;
  readonly kind: ValueKind;
}

/** What a row description leaves open: the names of types, and the tables and keys that columns come from. */
export interface LookUp {
  /** A type that needs no question. */
  typeOf(field: TypeId): TypeInfo | undefined;
  /** One statement for all that is unknown. It must not fail, or it takes the transaction with it. */
  question(types: readonly TypeId[], tables: readonly number[]): Question;
  read(rows: readonly (readonly (string | null)[])[]): Learnt;
}

export type TypeId = Pick<FieldDef, 'dataTypeID' | 'dataTypeModifier'>;

interface Learnt {
  readonly types: readonly (TypeInfo & { readonly oid: number; readonly modifier: number })[];
  readonly columns: readonly {
    /** The object id of the table, and the number of the column in it. */
    readonly oid: number;
    readonly number: number;
    readonly table: { readonly schema: string; readonly name: string; readonly column: string };
    /** Whether it belongs to the primary key. */
    readonly key: boolean;
  }[];
}

/** As of a connection: see `engine.ts`. */
interface Catalogue {
  children(session: Session, path: NodePath): Promise<Node[]>;
  names(session: Session): Promise<Names>;
  describe(session: Session, path: NodePath): Promise<ObjectDescription>;
}
