/** An account that is as large as they get, the same each time: 5,000 instances and 2,000 tables over six regions. */
import { type Holdings, type RdsCluster, type RdsInstance, together } from '#core/local/account/holdings.ts';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import type { Table } from './tables.ts';

export const INSTANCES = 5_000;
export const TABLES = 2_000;
export const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2', 'ap-southeast-2'] as const;

/** One after the other; what stands alone, and what is a member of a cluster. */
const ALONE = ['postgres', 'mysql', 'mariadb', 'sqlserver-se', 'oracle-ee-cdb', 'db2-se', 'custom-sqlserver-ee'];
const CLUSTERED = ['aurora-postgresql', 'aurora-mysql', 'docdb', 'neptune'];
/** Of ten instances, the last four are the members of two clusters. */
const ALONE_OF_TEN = 6;

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const placed = (index: number) => ({
  accountId: ACCOUNT_ID,
  region: at(REGIONS, Math.floor(index / 10)),
  tags: { team: at(['store', 'web', 'finance'], index), environment: at(['test', 'production'], index) },
  vpcId: `vpc-${at(['a', 'b', 'c', 'd'], index)}`,
});
const listening = (name: string, port: number) => ({ host: `${name}.example`, port });

const instance = (index: number): RdsInstance => {
  const isAlone = index % 10 < ALONE_OF_TEN;
  const identifier = `db-${index}`;
  const common = {
    ...placed(index),
    identifier,
    resourceId: `db-GENERATED${index}`,
    engineVersion: '16.4',
    ...listening(identifier, 5432),
    database: 'app',
    masterUser: 'app_owner',
    iamLogin: index % 2 === 0,
    publiclyAccessible: index % 3 === 0,
  };
  if (isAlone) return { ...common, engine: at(ALONE, index) };
  const cluster = Math.floor(index / 2);
  return { ...common, engine: at(CLUSTERED, cluster), clusterId: `cluster-${cluster}` };
};

const clusterOf = (members: readonly RdsInstance[]): RdsCluster[] => {
  const [first] = members;
  if (!first?.clusterId) return [];
  const { clusterId: identifier, engine, engineVersion, masterUser, iamLogin, region, accountId, tags, vpcId } = first;
  return [
    {
      ...{ identifier, engine, engineVersion, masterUser, iamLogin, region, accountId, tags, vpcId },
      resourceId: `cluster-GENERATED-${identifier}`,
      writer: listening(identifier, 5432),
      reader: listening(`${identifier}-ro`, 5432),
      members: members.map((each, index) => ({ identifier: each.identifier, writes: index === 0 })),
      scaling: { least: 0.5, most: 16 },
      custom: [{ identifier: `${identifier}-reports`, host: `${identifier}-reports.example`, readOnly: true }],
    },
  ];
};

const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const instances = many(INSTANCES, instance);

export const generatedHoldings = (): Holdings =>
  together([
    {
      instances,
      clusters: [...Map.groupBy(instances, ({ clusterId }) => clusterId ?? '').values()].flatMap(clusterOf),
      proxies: many(120, (index) => ({
        ...placed(index),
        name: `proxy-${index}`,
        resourceId: `prx-${index}`,
        engineFamily: at(['POSTGRESQL', 'MYSQL'] as const, index),
        iamLogin: at(['REQUIRED', 'DISABLED'] as const, index),
        endpoint: listening(`proxy-${index}`, 5432),
        further: [{ name: `reads-${index}`, host: `reads-${index}.example`, readOnly: true }],
      })),
      redshiftClusters: many(240, (index) => ({
        ...placed(index),
        identifier: `warehouse-${index}`,
        endpoint: listening(`warehouse-${index}`, 5439),
        database: 'dev',
        masterUser: 'awsuser',
        nodeType: 'ra3.xlplus',
        nodes: 2,
        publiclyAccessible: false,
      })),
      workgroups: many(60, (index) => ({
        ...placed(index),
        name: `adhoc-${index}`,
        id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        namespace: `space-${index}`,
        endpoint: listening(`adhoc-${index}`, 5439),
        database: 'dev',
        adminUser: 'admin',
        baseCapacity: 128,
        publiclyAccessible: false,
      })),
      dsqlClusters: many(60, (index) => ({
        ...placed(index),
        id: `orders${index}`.padEnd(26, 'x'),
        endpoint: listening(`orders-${index}`, 5432),
      })),
      elasticClusters: many(60, (index) => ({
        ...placed(index),
        name: `elastic-${index}`,
        id: `e1a57100-0000-4000-8000-${String(index).padStart(12, '0')}`,
        endpoint: listening(`elastic-${index}`, 27_017),
        adminUser: 'admin',
        shards: 2,
        vcpus: 8,
      })),
    },
  ]);

/** The first names are those of global tables, in three regions each; the next have the same name in two, and are not. */
export const GLOBAL = 20;
const NAMESAKES = 10;

const tagged = (index: number) => ({
  accountId: ACCOUNT_ID,
  tags: { environment: at(['test', 'production'], index), team: 'store', source: 'cdk', 'cost-center': `${index}` },
});

export const generatedTables = (): Table[] => {
  const everywhere = many(GLOBAL * 3, (index) => ({
    ...tagged(index),
    region: at(REGIONS, index % 3),
    name: `global-${Math.floor(index / 3)}`,
    replicas: REGIONS.slice(0, 3).filter((region) => region !== at(REGIONS, index % 3)),
  }));
  const namesakes = many(NAMESAKES * 2, (index) => ({
    ...tagged(index),
    region: at(REGIONS, index % 2),
    name: `namesake-${Math.floor(index / 2)}`,
    replicas: [],
  }));
  const others = TABLES - everywhere.length - namesakes.length;
  const own = many(others, (index) => ({
    ...tagged(index),
    region: at(REGIONS, index),
    name: `table-${index}`,
    replicas: [],
  }));
  return [...everywhere, ...namesakes, ...own];
};
