/** Who may do what with a script: asked by the handler, and by the browser, which shows what can be done. */
import { allows, type Role } from './roles.ts';
import type { ScriptHead } from './scripts.ts';

interface Asking {
  readonly user: { readonly id: string };
  readonly role: Role;
}
type Owned = Pick<ScriptHead, 'owner' | 'shared'>;

const isOwner = ({ owner }: Owned, { user }: Pick<Asking, 'user'>): boolean => owner.id === user.id;

export const maySee = (script: Owned, asking: Pick<Asking, 'user'>): boolean =>
  script.shared || isOwner(script, asking);

export const mayChange = (script: Owned, asking: Asking): boolean =>
  isOwner(script, asking) || (script.shared && allows(asking.role, 'editor'));

/** Whether it is shared is its owner's: somebody else who made it private would not see it again. */
export const mayShare = isOwner;

export const mayDelete = (script: Owned, asking: Asking): boolean =>
  isOwner(script, asking) || (script.shared && allows(asking.role, 'administrator'));
