import type { Script, ScriptDraft, ScriptHead, ScriptSearch, ScriptVersion } from '#contract/scripts.ts';

/** Who did something, as an item keeps it. */
export type By = Readonly<ScriptHead['owner']>;

/** Saved scripts. Whether somebody may see or change one is asked by the use case, not here. */
export interface Scripts {
  /** A page of those that `userId` owns, and of those that are shared, by name. Errors: INPUT_INVALID (its cursor). */
  list(search: ScriptSearch, userId: string): Promise<{ scripts: ScriptHead[]; next?: string }>;
  /** With the text of its newest version, or of the one named; undefined where there is none. */
  read(id: string, version?: number): Promise<Script | undefined>;
  /** The newest first, those before `before`. */
  versions(id: string, page: { limit: number; before?: number | undefined }): Promise<ScriptVersion[]>;
  create(script: ScriptDraft, by: By): Promise<Script>;
  /** Made on `revision`; a new version where what runs has changed. Errors: SCRIPT_NOT_FOUND, CHANGED_MEANWHILE. */
  change(id: string, revision: number, script: ScriptDraft, by: By): Promise<Script>;
  /** With all its versions. False: there was none. */
  remove(id: string): Promise<boolean>;
}
