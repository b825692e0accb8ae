/** The pages of AWS's console, as its own address bar shows them. */
import type { Scope } from '../../ports/discovery.ts';

/** By partition; the region stands before each. */
export const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** What follows the host, for a name that is encoded already. */
const PATHS = {
  instance: (region: string, name: string) => `/rds/home?region=${region}#database:id=${name};is-cluster=false`,
  cluster: (region: string, name: string) => `/rds/home?region=${region}#database:id=${name};is-cluster=true`,
  proxy: (region: string, name: string) => `/rds/home?region=${region}#proxy:id=${name}`,
  redshift: (region: string, name: string) => `/redshiftv2/home?region=${region}#cluster-details?cluster=${name}`,
  // The page of one workgroup has no address that is known for sure: the list leads there.
  workgroup: (region: string) => `/redshiftv2/home?region=${region}#serverless-dashboard`,
  dynamodb: (region: string) => `/dynamodbv2/home?region=${region}#tables`,
  documentdb: (region: string, name: string) => `/docdb/home?region=${region}#cluster-details/${name}`,
  elastic: (region: string) => `/docdb/home?region=${region}#clusters`,
  // An ARN stands there as it is.
  execution: (region: string, arn: string) =>
    `/states/home?region=${region}#/v2/executions/details/${decodeURIComponent(arn)}`,
  dsql: (region: string, name: string) => `/dsql/clusters/${name}/home?region=${region}`,
} as const;

/** Undefined in a partition whose console is not known. */
export function consoleUrl(
  page: keyof typeof PATHS,
  region: string,
  name: string,
  { partition }: Pick<Scope, 'partition'>,
): string | undefined {
  const host = CONSOLE_HOSTS[partition];
  return host && `https://${region}.${host}${PATHS[page](region, encodeURIComponent(name))}`;
}
