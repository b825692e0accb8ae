/**
 * What the local account holds, in the terms in which AWS's services list it. Demo databases say what they are; the
 * emulated services read their own list of it, and need to know no demo.
 */
interface Placed {
  readonly accountId: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Where something listens on this machine. Where AWS says a host and no port, for the port is the engine's own or the
 * cluster's, the emulated services write it behind the host (`localhost:20001`), since ports are all that differ here.
 */
interface Listening {
  readonly host: string;
  readonly port: number;
}

/** A database instance, listed as AWS would list it. */
export interface RdsInstance extends Placed {
  readonly identifier: string;
  /** `db-…`: what a policy for rds-db:connect names. */
  readonly resourceId: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly host: string;
  readonly port: number;
  /** Empty where AWS says none, as of the instances of DocumentDB. */
  readonly database: string;
  readonly masterUser: string;
  readonly iamLogin: boolean;
  readonly publiclyAccessible: boolean;
  readonly vpcId: string;
  /** The cluster that it is a member of. */
  readonly clusterId?: string;
  readonly secretArn?: string;
  /** `db.t4g.micro` unless said otherwise. */
  readonly size?: string;
}

/** An Aurora or DocumentDB cluster. Its members stand among the instances, with its identifier. */
export interface RdsCluster extends Placed {
  readonly identifier: string;
  /** `cluster-…`: what a policy for rds-db:connect names. */
  readonly resourceId: string;
  /** `aurora-postgresql`, `aurora-mysql`, `docdb`. */
  readonly engine: string;
  readonly engineVersion: string;
  readonly writer: Listening;
  /** AWS says its host only: all endpoints of a cluster have the writer's port. */
  readonly reader?: Listening;
  readonly database?: string;
  readonly masterUser: string;
  readonly iamLogin: boolean;
  readonly secretArn?: string;
  readonly vpcId: string;
  readonly members: readonly { readonly identifier: string; readonly writes: boolean }[];
  /** Custom endpoints, at the port of the writer. */
  readonly custom?: readonly { readonly identifier: string; readonly host: string; readonly readOnly: boolean }[];
  /** Between which capacities Serverless v2 scales. */
  readonly scaling?: { readonly least: number; readonly most: number };
}

export interface RdsProxy extends Placed {
  readonly name: string;
  /** `prx-…`: what a policy for rds-db:connect names, and the end of its ARN. */
  readonly resourceId: string;
  readonly engineFamily: 'POSTGRESQL' | 'MYSQL';
  /** Its `Auth[].IAMAuth`. */
  readonly iamLogin: 'REQUIRED' | 'ENABLED' | 'DISABLED';
  /** AWS says its host only: the port is the engine's own. */
  readonly endpoint: Listening;
  readonly vpcId: string;
  /** Its further endpoints, as AWS says them. */
  readonly further?: readonly { readonly name: string; readonly host: string; readonly readOnly: boolean }[];
}

export interface RedshiftCluster extends Placed {
  readonly identifier: string;
  readonly endpoint: Listening;
  readonly database: string;
  readonly masterUser: string;
  readonly nodeType: string;
  readonly nodes: number;
  readonly publiclyAccessible: boolean;
  readonly secretArn?: string;
  readonly vpcId: string;
}

export interface RedshiftWorkgroup extends Placed {
  readonly name: string;
  /** The end of its ARN, a UUID. */
  readonly id: string;
  readonly namespace: string;
  readonly endpoint: Listening;
  readonly database: string;
  readonly adminUser: string;
  readonly baseCapacity: number;
  readonly publiclyAccessible: boolean;
  readonly secretArn?: string;
  readonly vpcId: string;
}

export interface DsqlCluster extends Placed {
  /** 26 letters and digits: the end of its ARN and the beginning of its host. */
  readonly id: string;
  /** AWS says its host only: the port is 5432 always. */
  readonly endpoint: Listening;
  /** The ARNs of the clusters that are one with it, its own among them, where it has several regions. */
  readonly peers?: readonly string[];
}

/** An elastic cluster of DocumentDB. */
export interface DocDbElasticCluster extends Placed {
  readonly name: string;
  /** The end of its ARN, a UUID. */
  readonly id: string;
  /** AWS says its host only: the port is 27017 always. */
  readonly endpoint: Listening;
  readonly adminUser: string;
  readonly vpcId: string;
  readonly shards: number;
  /** Of one shard. */
  readonly vcpus: number;
}

export interface SecretVersion {
  /** 32 to 64 characters. */
  readonly id: string;
  /** `AWSCURRENT`, `AWSPREVIOUS`, … */
  readonly stages: readonly string[];
  readonly value: string | Uint8Array;
}

/** A secret of Secrets Manager. */
export interface Secret extends Placed {
  /** As AWS makes it, with six characters behind the name. */
  readonly arn: string;
  readonly name: string;
  readonly versions: readonly SecretVersion[];
  /** A key of the account's own: who reads the secret must be allowed to decrypt with it. Absent: AWS's key. */
  readonly kmsKeyArn?: string;
}

export interface Holdings {
  readonly instances: readonly RdsInstance[];
  /** Those of Aurora and of DocumentDB: both services list them. */
  readonly clusters: readonly RdsCluster[];
  readonly proxies: readonly RdsProxy[];
  readonly redshiftClusters: readonly RedshiftCluster[];
  readonly workgroups: readonly RedshiftWorkgroup[];
  readonly dsqlClusters: readonly DsqlCluster[];
  readonly elasticClusters: readonly DocDbElasticCluster[];
  readonly secrets: readonly Secret[];
}

/** What several hold, as one. */
export const together = (parts: readonly Partial<Holdings>[]): Holdings => {
  const all = <K extends keyof Holdings>(kind: K) =>
    parts.flatMap((part): readonly Holdings[K][number][] => part[kind] ?? []);
  return {
    instances: all('instances'),
    clusters: all('clusters'),
    proxies: all('proxies'),
    redshiftClusters: all('redshiftClusters'),
    workgroups: all('workgroups'),
    dsqlClusters: all('dsqlClusters'),
    elasticClusters: all('elasticClusters'),
    secrets: all('secrets'),
  };
};
