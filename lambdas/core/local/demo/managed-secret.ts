import { createHash } from 'node:crypto';
import type { Secret } from '../account/holdings.ts';
import { AT_HOME } from './demo.ts';

interface Given {
  /** As the service that manages it names its secrets: `rds!db-…`, `redshift!…`. */
  readonly name: string;
  readonly region: string;
  readonly user: string;
  readonly password: string;
  readonly kmsKeyArn?: string;
}

/** A secret that AWS manages for the main user of a database. */
export const managedSecret = ({ name, region, user, password, kmsKeyArn }: Given): Secret => {
  const { accountId } = AT_HOME;
  const hash = createHash('sha256').update(name).digest('hex');
  return {
    accountId,
    region,
    name,
    arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${hash.slice(0, 6)}`,
    tags: {},
    versions: [
      {
        id: hash.slice(0, 32),
        stages: ['AWSCURRENT'],
        value: JSON.stringify({ username: user, password }),
      },
    ],
    ...(kmsKeyArn && { kmsKeyArn }),
  };
};
