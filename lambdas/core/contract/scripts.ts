/** Scripts: saved statements, with versions, for oneself or for everybody on the instance. */
import * as z from 'zod';
import { EngineName } from './engines.ts';
import { Parameters } from './parameters.ts';

/** The longest text that is saved, in characters: an item of the table holds 400 KB, and a character takes up to three bytes. */
const SAVED_LIMIT = 100_000;

export const ScriptId = z.string().regex(/^[a-z0-9]{10,40}$/, 'is not the id of a script');

/** Where a script is meant to run; it opens there. */
const ScriptPlace = z.object({
  resource: z.object({ id: z.string().min(1).max(2_048), name: z.string().min(1).max(300) }).optional(),
  database: z.string().trim().min(1).max(128).optional(),
});

const Tag = z.string().trim().min(1, 'is empty').max(50);

/** What one saves. What runs (text, parameters, place) makes a new version where it has changed; the rest does not. */
export const ScriptDraft = z.object({
  name: z.string().trim().min(1, 'is empty').max(120),
  description: z.string().trim().max(2_000).default(''),
  tags: z
    .array(Tag)
    .max(20)
    .refine((tags) => new Set(tags).size === tags.length, 'names a tag twice')
    .default([]),
  /** False: only its owner sees it. */
  shared: z.boolean().default(false),
  /** Whose dialect it is written in. */
  engine: EngineName,
  text: z.string().min(1, 'is empty').max(SAVED_LIMIT, 'is too long to be saved'),
  parameters: Parameters.default([]),
  ...ScriptPlace.shape,
});
export type ScriptDraft = z.infer<typeof ScriptDraft>;

/** Who saved, and when. */
const Saved = z.object({ at: z.iso.datetime(), by: z.object({ id: z.string(), name: z.string() }) });

/** One version of what runs. They count from 1, and none changes. */
export const ScriptVersion = ScriptDraft.pick({
  engine: true,
  text: true,
  parameters: true,
  resource: true,
  database: true,
}).extend({ version: z.number().int().positive(), ...Saved.shape });
export type ScriptVersion = z.infer<typeof ScriptVersion>;

/** A script as a list shows it. */
export const ScriptHead = ScriptDraft.omit({ text: true }).extend({
  id: ScriptId,
  /** The newest. */
  version: z.number().int().positive(),
  owner: Saved.shape.by,
  createdAt: z.iso.datetime(),
  /** Who changed anything last. */
  changed: Saved,
  /** Sent back with a change: one that was made on an older state is refused. */
  revision: z.number().int().positive(),
});
export type ScriptHead = z.infer<typeof ScriptHead>;

/** A script with the text of one of its versions. */
export const Script = ScriptHead.extend({ text: z.string() });
export type Script = z.infer<typeof Script>;

export const ScriptSearch = z.object({
  /** Somewhere in name, description, tags or the owner's name; capitals do not count. */
  text: z.string().trim().min(1).max(200).optional(),
  tag: Tag.optional(),
  /** `own`: not those that others share. */
  whose: z.enum(['all', 'own', 'shared']).default('all'),
  limit: z.number().int().min(1).max(500).default(200),
  /** Goes on after a page: its `next`. */
  cursor: z.string().min(1).max(2_000).optional(),
});
export type ScriptSearch = z.infer<typeof ScriptSearch>;
