/** How the gateway logs in for those whom it has verified: with a password that nobody else can know. */
import { createHmac } from 'node:crypto';
import pg from 'pg';
import type { Server } from '../database/start-server.ts';
import type { Admitted, VerifiedUsers } from './verifier.ts';

/** A superuser is not a member for being one. */
const USES_IAM = `select 1 from pg_roles
  where rolname = $1 and not rolsuper and pg_has_role(oid, 'rds_iam', 'member')`;

export const createVerifiedUsers = ({ admin }: Pick<Server, 'admin'>): VerifiedUsers => {
  const pool = new pg.Pool({ ...admin, database: 'postgres', max: 2, idleTimeoutMillis: 30_000 });
  // A server that goes away takes idle clients with it; the next call says so.
  pool.on('error', () => {});
  // The same for every gateway in front of one server, whichever sets it.
  const passwordFor = (user: string) => createHmac('sha256', admin.password).update(`iam:${user}`).digest('hex');
  /** One transaction, and one at a time: PostgreSQL refuses who changes a role while another one does. */
  const set = ({ role, group }: Admitted) =>
    pool.query(
      `select pg_advisory_xact_lock(hashtext('lodge iam logins'));
       ${group ? makeMissing(role, group) : ''}
       alter role ${pg.escapeIdentifier(role)} password ${pg.escapeLiteral(passwordFor(role))}`,
    );
  const settings = new Map<string, Promise<unknown>>();
  return {
    async usesIam(user) {
      return (await pool.query(USES_IAM, [user])).rowCount === 1;
    },
    async passwordOf(admitted) {
      const { role } = admitted;
      const setting = settings.get(role) ?? set(admitted);
      settings.set(role, setting);
      await setting.catch((error: unknown) => {
        settings.delete(role);
        throw error;
      });
      return passwordFor(role);
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
};

const makeMissing = (role: string, group: string): string =>
  `do ${pg.escapeLiteral(`begin
    if not exists (select from pg_roles where rolname = ${pg.escapeLiteral(role)}) then
      create role ${pg.escapeIdentifier(role)} login in role ${pg.escapeIdentifier(group)};
    end if;
  end`)};`;
