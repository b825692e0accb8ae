import { databaseAuthorities } from '../aws/authorities.ts';
import { callConnector } from '../aws/call-connector.ts';
import { databaseLogins } from '../aws/logins/logins.ts';
import { assumedRoles } from '../aws/roles.ts';
import { chooseConnector } from '../connectors/choose.ts';
import { inProcess } from '../connectors/in-process.ts';
import { READY_ENGINES, READY_SERVICES } from '../engines/engines.ts';
import { ENV, type Environment } from '../env.ts';
import { networksOf } from '../networks/networks.ts';
import { once } from '../once.ts';
import { type Databases, databases } from './databases.ts';

/** The engines in this process and behind the connectors of the environment's networks, with RDS's tokens. */
export function databasesOf(environment: Environment): Databases {
  const configured = environment[ENV.databaseCa];
  const authorities = once(() => databaseAuthorities(configured));
  const connector = chooseConnector({
    here: inProcess({ engines: READY_ENGINES, authorities }),
    networks: networksOf(environment)?.list ?? [],
    call: callConnector,
    // A connector in AWS has those of its own run time, which are as new as this one's.
    authorities: configured ? authorities : undefined,
  });
  return databases({ connector, services: READY_SERVICES, logins: databaseLogins, roles: assumedRoles });
}
