/** The object tree of a connection, one level at a time, and what is known of one object. */
import * as z from 'zod';
import { NodeKind } from './engines.ts';

/** The way from the root to a node: `[]` is the connection itself. */
export const NodePath = z.array(z.object({ kind: NodeKind, name: z.string().min(1).max(1_000) })).max(8);
export type NodePath = z.infer<typeof NodePath>;

export const Node = z.object({
  kind: NodeKind,
  name: z.string(),
  /** A column's type, a function's arguments. */
  detail: z.string().optional(),
  comment: z.string().optional(),
  /** An estimate from the catalogue; nothing is counted. */
  rows: z.number().optional(),
  /** Set where the rules of this instance narrow the user's role here: it can only be read. */
  access: z.literal('read-only').optional(),
  /** False: there is nothing below. */
  expandable: z.boolean(),
});
export type Node = z.infer<typeof Node>;

/**
 * All names below a node in one answer, for completion: packed, because 20,000 tables × 8 columns must stay far below a
 * megabyte. `tables[i]` is `[schema, name, kind, columns]`, and columns are `[name, type]` flattened, where `type` is an
 * index into `types`.
 */
export const Names = z.object({
  types: z.array(z.string()),
  tables: z.array(z.tuple([z.string(), z.string(), NodeKind, z.array(z.union([z.string(), z.number().int()]))])),
});
export type Names = z.infer<typeof Names>;

const ObjectColumn = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().optional(),
  generated: z.boolean(),
  comment: z.string().optional(),
});

export const ObjectDescription = z.object({
  kind: NodeKind,
  path: NodePath,
  comment: z.string().optional(),
  /** Estimates from the catalogue. */
  rows: z.number().optional(),
  bytes: z.number().optional(),
  columns: z.array(ObjectColumn),
  keys: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['primary', 'unique', 'foreign', 'check', 'exclusion']),
      columns: z.array(z.string()),
      definition: z.string(),
      references: z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) }).optional(),
    }),
  ),
  indexes: z.array(
    z.object({
      name: z.string(),
      unique: z.boolean(),
      /** Of its key, in their order, where they are columns. */
      columns: z.array(z.string()).optional(),
      method: z.string(),
      definition: z.string(),
      /** Absent where the database does not tell. */
      bytes: z.number().optional(),
    }),
  ),
  /** What else is known, a line each: how it is billed, backed up, and what it sends on. */
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  /** The statement that would make it again. */
  ddl: z.string(),
});
export type ObjectDescription = z.infer<typeof ObjectDescription>;
