import { AppError } from '#contract/errors.ts';
import { mayChange, mayDelete, maySee, mayShare } from '#contract/script-rights.ts';
import type { Script, ScriptDraft, ScriptHead } from '#contract/scripts.ts';
import { deedOf } from '#core/audit/deed.ts';
import { recorded } from '#core/audit/recorded.ts';
import type { Handlers, UserSession } from '#core/http/handler.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Scripts } from '#core/ports/scripts.ts';
import type { Store } from '#core/ports/store.ts';
import { toldOf } from './told-of.ts';

export interface ScriptsPorts {
  readonly scripts: Scripts;
  readonly store: Pick<Store, 'instance'>;
  readonly audit: Audit;
}

/** Saved scripts: found, read, saved with versions, deleted. Others' private ones are as if they were not there. */
export function scripts({ scripts, store, audit }: ScriptsPorts): Handlers<'scripts'> {
  const seen = async (id: string, session: UserSession, version?: number): Promise<Script> =>
    visible(await scripts.read(id, version), session);

  return {
    scripts: async ({ body }, { session }) => scripts.list(body, session.user.id),
    script: async ({ body: { id, version } }, { session }) => seen(id, session, version),
    scriptVersions: async ({ body: { id, limit, before } }, { session }) => {
      await seen(id, session);
      const versions = await scripts.versions(id, { limit: limit + 1, before });
      const page = versions.slice(0, limit);
      return { versions: page, ...(versions.length > limit && { next: page.at(-1)?.version }) };
    },

    saveScript: async ({ body: { known, script } }, context) => {
      const { session } = context;
      const by = { id: session.user.id, name: session.user.name };
      const [before, instance] = await Promise.all([known && scripts.read(known.id), store.instance()]);
      const change = known && !before ? 'A script that is not there changed' : toldOf(before, script);
      const deed = { ...deedOf('script-change', context), ...aboutOf(before), change };
      return recorded({ audit, instance }, deed, async (note) => {
        if (known) guardChange(visible(before, session), script, session);
        const saved = known
          ? await scripts.change(known.id, known.revision, script, by)
          : await scripts.create(script, by);
        note(aboutOf(saved));
        return saved;
      });
    },

    deleteScript: async ({ body: { id } }, context) => {
      const { session } = context;
      const [known, instance] = await Promise.all([scripts.read(id), store.instance()]);
      const change = known ? `“${known.name}” deleted, with all its versions` : 'A script that is not there deleted';
      const deed = { ...deedOf('script-change', context), ...aboutOf(known), change };
      await recorded({ audit, instance }, deed, async () => {
        if (!mayDelete(visible(known, session), session))
          throw refused('Only its owner may delete a script, or an administrator where it is shared.');
        if (!(await scripts.remove(id))) throw new AppError('SCRIPT_NOT_FOUND');
      });
    },
  };
}

function visible(script: Script | undefined, session: UserSession): Script {
  if (!script || !maySee(script, session)) throw new AppError('SCRIPT_NOT_FOUND');
  return script;
}

function guardChange(before: ScriptHead, draft: ScriptDraft, session: UserSession): void {
  if (!mayChange(before, session)) throw refused('Your role does not allow to change what others share. Save a copy.');
  if (before.shared !== draft.shared && !mayShare(before, session))
    throw refused('Only its owner may make a script private.');
}

const refused = (message: string): AppError => new AppError('ROLE_REQUIRED', { message });

/** The script that a record is about, as far as there is one. */
const aboutOf = (script: ScriptHead | undefined) =>
  script ? { script: { id: script.id, name: script.name, version: script.version } } : {};
