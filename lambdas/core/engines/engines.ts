/** The engines whose code is here, by the name that `ENGINES` of the contract gives them. */
import type { EngineName } from '#contract/engines.ts';
import { documentdb } from './documentdb/documentdb.ts';
import { dsql } from './dsql/dsql.ts';
import { dynamodb } from './dynamodb/dynamodb.ts';
import type { Engine, ServiceEngine } from './engine.ts';
import { mysql } from './mysql/mysql.ts';
import { oracle } from './oracle/oracle.ts';
import { postgres } from './postgres/postgres.ts';
import { redshift } from './redshift/redshift.ts';
import { sqlserver } from './sqlserver/sqlserver.ts';

export const READY_ENGINES: Partial<Record<EngineName, Engine>> = {
  postgres,
  mysql,
  redshift,
  dsql,
  documentdb,
  sqlserver,
  oracle,
};

/** Those over AWS services. */
export const READY_SERVICES: Partial<Record<EngineName, ServiceEngine>> = { dynamodb };
