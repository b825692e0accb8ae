/** A PostgreSQL server on this machine, on a free port of 127.0.0.1; its data stay in the folder. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivePassword, type Seed } from '../account/seed.ts';
import { endWithMe } from '../end-with-me.ts';
import { reservePort } from '../reserve-port.ts';
import { endOrphan, own } from './end-orphan.ts';
import { loadEmbeddedPostgres } from './quiet-embedded-postgres.ts';

export interface Server extends AsyncDisposable {
  readonly port: number;
  /** The superuser's login. */
  readonly admin: Readonly<Login>;
}

interface Login {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** What can be lost in a power cut is made again in seconds, so nothing waits for the disk. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  // What RDS gives an instance of 4 GB: LEAST(DBInstanceClassMemory/9531392, 5000) (RDS User Guide, quotas).
  max_connections: '400',
  shared_buffers: '256MB',
  maintenance_work_mem: '128MB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
} as const;

/**
 * Who logs in how. A gateway has verified whoever comes as a member of one of these groups, and sends a password of its
 * own, in clear, which only it knows; everybody else speaks SCRAM with the server, through the gateway's pipe.
 */
const VERIFIED = ['rds_iam', 'redshift_users', 'dsql_users'];
const HBA = [
  'host all postgres 127.0.0.1/32 scram-sha-256',
  ...VERIFIED.map((group) => `host all +${group} 127.0.0.1/32 password`),
  'host all all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');

/** `data` is an absolute path; the cluster is made where there is none yet. */
export const startServer = async (data: string, seed: Seed): Promise<Server> => {
  await endOrphan(data);
  await own(data);
  using reserved = await reservePort();
  const admin = {
    host: '127.0.0.1',
    port: reserved.port,
    user: 'postgres',
    password: derivePassword(seed, 'postgres'),
  };
  const log: string[] = [];
  const Embedded = await loadEmbeddedPostgres();
  const server = new Embedded({
    ...admin,
    databaseDir: data,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    // Kept to say why a start failed, and only then: later lines may quote statements.
    onLog: (line) => void (log.length < 50 && log.push(line)),
    onError: () => {},
  });
  try {
    if (!existsSync(join(data, 'PG_VERSION'))) await server.initialise();
    await writeFile(join(data, 'pg_hba.conf'), HBA);
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start in ${data}.\n${log.slice(-10).join('')}`, { cause });
  }
  const release = endWithMe(await pidOf(data), 'INT');
  return {
    port: admin.port,
    admin,
    async [Symbol.asyncDispose]() {
      await server.stop();
      release();
    },
  };
};

const pidOf = async (data: string): Promise<number> =>
  Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
