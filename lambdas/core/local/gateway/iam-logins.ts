/** How the gateway logs in for those whom it has verified: with a password that nobody else can know. */
import { createHmac } from 'node:crypto';
import pg from 'pg';
import type { Server } from '../database/start-server.ts';

export interface IamLogins extends AsyncDisposable {
  /** True where a user is a member of rds_iam, directly or not; a superuser is not for being one. */
  usesIam(user: string): Promise<boolean>;
  /** The password of a member of rds_iam. */
  passwordOf(user: string): Promise<string>;
}

const USES_IAM = `select 1 from pg_roles
  where rolname = $1 and not rolsuper and pg_has_role(oid, 'rds_iam', 'member')`;

export const createIamLogins = ({ admin }: Pick<Server, 'admin'>): IamLogins => {
  const pool = new pg.Pool({ ...admin, database: 'postgres', max: 2, idleTimeoutMillis: 30_000 });
  // A server that goes away takes idle clients with it; the next call says so.
  pool.on('error', () => {});
  // The same for every gateway in front of one server, whichever sets it.
  const passwordFor = (user: string) => createHmac('sha256', admin.password).update(`iam:${user}`).digest('hex');
  /** One transaction, and one at a time: PostgreSQL refuses who changes a role while another one does. */
  const set = (user: string) =>
    pool.query(
      `select pg_advisory_xact_lock(hashtext('lodge iam logins'));
       alter role ${pg.escapeIdentifier(user)} password ${pg.escapeLiteral(passwordFor(user))}`,
    );
  const settings = new Map<string, Promise<unknown>>();
  return {
    async usesIam(user) {
      return (await pool.query(USES_IAM, [user])).rowCount === 1;
    },
    async passwordOf(user) {
      const setting = settings.get(user) ?? set(user);
      settings.set(user, setting);
      await setting.catch((error: unknown) => {
        settings.delete(user);
        throw error;
      });
      return passwordFor(user);
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
};
