/** Redshift Serverless' GetCredentials: a password of minutes for the caller's own database user. */
import * as z from 'zod';
import type { RedshiftWorkgroup } from '../account/holdings.ts';
import type { TemporaryPasswords } from '../account/temporary-passwords.ts';
import { Fault } from './fault.ts';
import { type JsonOperations, parse } from './json-service.ts';
import { iamUser, LIFE } from './redshift-credentials.ts';

const GetCredentials = z.object({
  workgroupName: z.string().regex(/^[a-z0-9-]{3,64}$/),
  dbName: z
    .string()
    .regex(/^[A-Za-z][\w+.@-]{0,63}$/)
    .optional(),
  durationSeconds: z.number().int().min(LIFE.least).max(LIFE.most).default(LIFE.usual),
});

/** A policy names the workgroup by its id; one that does not exist has none. */
export const redshiftServerlessCredentials = (
  workgroups: readonly RedshiftWorkgroup[],
  passwords: TemporaryPasswords,
): JsonOperations => ({
  GetCredentials(body, { region, key: { principal }, authorize }) {
    const { workgroupName, dbName: database, durationSeconds } = parse(GetCredentials, body);
    const { accountId } = principal;
    const found = workgroups.find(
      (each) => each.name === workgroupName && each.region === region && each.accountId === accountId,
    );
    const warehouse = `arn:aws:redshift-serverless:${region}:${accountId}:workgroup/${found?.id ?? '*'}`;
    authorize('redshift-serverless:GetCredentials', warehouse);
    if (!found) throw new Fault('noResource', `Workgroup ${workgroupName} not found.`);
    const user = iamUser(principal);
    const grant = { warehouse, user, role: user, made: true, database };
    const { password: dbPassword, expiresAt } = passwords.issue(grant, durationSeconds);
    const expiration = expiresAt.getTime() / 1_000;
    return { dbUser: user, dbPassword, expiration, nextRefreshTime: expiration };
  },
});
