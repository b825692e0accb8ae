/**
 * Who logs in to the local MariaDB with a token: MariaDB cannot load RDS's AWSAuthenticationPlugin, so a role marks those
 * users, and the gateway logs in for them with a password that nobody else can know.
 */
import { createHmac } from 'node:crypto';
import { createPool, type RowDataPacket } from 'mysql2/promise';
import type { VerifiedUsers } from '../gateway/verifier.ts';
import type { MariaDbServer } from './start-server.ts';

const USES_IAM = `SELECT 1 FROM mysql.roles_mapping WHERE Role = 'rds_iam' AND User = ? AND Admin_option = 'N'`;

export const createVerifiedUsers = ({ admin }: Pick<MariaDbServer, 'admin'>): VerifiedUsers => {
  const pool = createPool({ ...admin, connectionLimit: 2, idleTimeout: 30_000 });
  const set = new Set<string>();
  return {
    async usesIam(user) {
      const [rows] = await pool.query<RowDataPacket[]>(USES_IAM, [user]);
      return rows.length > 0;
    },
    async passwordOf({ role: user }) {
      const password = createHmac('sha256', admin.password).update(`iam:${user}`).digest('hex');
      if (!set.has(user)) {
        await pool.query(`ALTER USER ?@'%' IDENTIFIED BY ?`, [user, password]);
        set.add(user);
      }
      return password;
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
};
