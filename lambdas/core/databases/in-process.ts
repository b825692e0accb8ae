import { databaseAuthorities } from '../aws/authorities.ts';
import { databaseLogins } from '../aws/logins/logins.ts';
import { assumedRoles } from '../aws/roles.ts';
import { inProcess as connector } from '../connectors/in-process.ts';
import { READY_ENGINES, readyServices } from '../engines/engines.ts';
import { ENV, type Environment } from '../env.ts';
import { type Databases, databases } from './databases.ts';

/** The engines in this process, with RDS's tokens and authorities. */
export function inProcess(environment: Environment): Databases {
  let pem: string | undefined;
  const authorities = () => {
    pem ??= databaseAuthorities(environment[ENV.databaseCa]);
    return pem;
  };
  const services = readyServices({
    items: environment[ENV.scanItems],
    bytes: environment[ENV.scanMegabytes] * 1_000_000,
  });
  const here = connector({ engines: READY_ENGINES, authorities });
  return databases({ connector: () => here, services, logins: databaseLogins, roles: assumedRoles });
}
