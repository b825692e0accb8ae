/** Running statements. */
import * as z from 'zod';
import { Parameters, ParameterValues } from '../parameters.ts';
import { StatementPlan } from '../plans.ts';
import { ResultRecord, ROW_LIMIT } from '../results.ts';
import { type Route, route } from '../route.ts';
import { LONGEST_SECONDS } from '../settings.ts';
import { ConnectionToken, opened, reached } from './common.ts';

/** The longest script that a call takes, in characters. */
const SCRIPT_LIMIT = 1_000_000;

export const QUERYING = {
  query: route({
    method: 'POST',
    path: '/api/query',
    function: 'query',
    summary: 'Run a script; its results stream.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'statements.count', 'audit.write'],
    body: z.object({
      connection: ConnectionToken,
      statement: z.string().max(SCRIPT_LIMIT, 'is too long'),
      /** Reading of each result stops here. */
      maxRows: z.number().int().min(1).max(ROW_LIMIT).optional(),
      /** The database stops a statement after so many seconds. */
      timeoutSeconds: z.number().int().min(1).max(LONGEST_SECONDS).optional(),
      /** What `:name` means in the statement, and its values. Left out: a colon means nothing. */
      parameters: z.object({ declared: Parameters, values: ParameterValues }).optional(),
    }),
    streams: ResultRecord,
    errors: [
      ...opened,
      ...reached,
      'PARAMETER_INVALID',
      'AUDIT_FAILED',
      'TOO_MANY_STATEMENTS',
      'STATEMENT_FAILED',
      'STATEMENT_CANCELLED',
      'STATEMENT_TIMEOUT',
      'READ_ONLY',
      'OBJECT_NOT_FOUND',
    ],
  }),
  plan: route({
    method: 'POST',
    path: '/api/query/plan',
    function: 'query',
    summary: 'What the statements of a script will read, told before they run. Nothing is run.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({
      connection: ConnectionToken,
      statement: z.string().max(SCRIPT_LIMIT, 'is too long'),
      /** Reading of each result will stop here. */
      maxRows: z.number().int().min(1).max(ROW_LIMIT).optional(),
    }),
    returns: z.object({ plans: z.array(StatementPlan) }),
    errors: [...opened, ...reached, 'STATEMENT_FAILED', 'OBJECT_NOT_FOUND', 'READ_ONLY'],
  }),
  cancel: route({
    method: 'POST',
    path: '/api/query/cancel',
    function: 'query',
    summary: 'Stop a running statement in the database.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, handle: z.string().min(1).max(200) }),
    returns: z.object({ cancelled: z.boolean().meta({ description: 'False: it had ended already.' }) }),
    errors: [...opened, ...reached],
  }),
} as const satisfies Record<string, Route>;
