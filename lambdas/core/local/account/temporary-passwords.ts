/**
 * Passwords of minutes, as Redshift gives them out. Nothing is kept of one: it says itself for whom it is and until when,
 * sealed with the folder's seed, so that a gateway knows it again.
 */
import { openSealed, seal } from './sealed.ts';
import { derive, type Seed } from './seed.ts';

export interface Grant {
  /** The ARN of the cluster or the workgroup. */
  readonly warehouse: string;
  /** What a client says it is, such as `IAM:ada`. */
  readonly user: string;
  /** The database's own user whom it becomes. */
  readonly role: string;
  /** True: the database makes this user where it is missing. */
  readonly made: boolean;
  /** Undefined: any. */
  readonly database: string | undefined;
}

export interface TemporaryPasswords {
  issue(grant: Grant, seconds: number): { readonly password: string; readonly expiresAt: Date };
  /** Undefined: nobody gave it out, or it has expired. */
  read(password: string, now: number): Grant | undefined;
}

export const temporaryPasswords = (seed: Seed): TemporaryPasswords => {
  const key = derive(seed, 'temporary-passwords');
  return {
    issue(grant, seconds) {
      const expires = (Math.floor(Date.now() / 1000) + seconds) * 1000;
      return { password: seal(key, { ...grant, expires }), expiresAt: new Date(expires) };
    },
    read(password, now) {
      const found = openSealed<Grant & { expires: number }>(key, password);
      return found && found.expires > now ? found : undefined;
    },
  };
};
