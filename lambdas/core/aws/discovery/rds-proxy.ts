import {
  type DBProxy,
  type DBProxyEndpoint,
  ListTagsForResourceCommand,
  paginateDescribeDBProxies,
  paginateDescribeDBProxyEndpoints,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ENGINES, type EngineName } from '#contract/engines.ts';
import type { Endpoint, Resource } from '#contract/resources.ts';
import type { Found, Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { addressOf, present, tagsOf } from './describe.ts';
import type { Source } from './source.ts';

/** A proxy says the family of its databases (RDS API Reference, CreateDBProxy); MariaDB counts as MySQL. */
const FAMILIES: Readonly<Record<string, EngineName>> = {
  POSTGRESQL: 'postgres',
  MYSQL: 'mysql',
  SQLSERVER: 'sqlserver',
};

const TAGS = 'rds:ListTagsForResource';

/** RDS proxies with their further endpoints. */
export const rdsProxy: Source = {
  list: proxiesIn,
  async find(region, name, scope) {
    // An ARN ends with an id that the call cannot be asked by.
    const { resources } = await proxiesIn(region, scope);
    return resources.find(({ loginResourceId }) => loginResourceId === name);
  },
  tags: {
    action: TAGS,
    async of(region, resourceId, scope) {
      const client = new RDSClient(clientConfig(scope.credentials, region));
      const command = new ListTagsForResourceCommand({ ResourceName: resourceId });
      const answer = await answerIfFound(scope, TAGS, client.send(command, { abortSignal: scope.signal }));
      return answer && tagsOf(answer.TagList);
    },
  },
};

async function proxiesIn(region: string, scope: Scope): Promise<Found> {
  const client = new RDSClient(clientConfig(scope.credentials, region));
  const pages = paginateDescribeDBProxies({ client }, { MaxRecords: 100 }, { abortSignal: scope.signal });
  const proxies = await allOf(scope, 'rds:DescribeDBProxies', pages, ({ DBProxies }) => DBProxies);
  const more = details();
  const endpoints = proxies.length > 0 ? await more.of(() => endpointsBy(client, scope)) : [];
  return {
    resources: proxies.map((each) => resourceOf(each, endpoints ?? [], region, scope)),
    lacking: more.lacking,
  };
}

const endpointsBy = (client: RDSClient, scope: Scope) =>
  allOf(
    scope,
    'rds:DescribeDBProxyEndpoints',
    paginateDescribeDBProxyEndpoints({ client }, { MaxRecords: 100 }, { abortSignal: scope.signal }),
    ({ DBProxyEndpoints }) => DBProxyEndpoints,
  );

function resourceOf(proxy: DBProxy, endpoints: readonly DBProxyEndpoint[], region: string, scope: Scope): Resource {
  const { DBProxyName: name = '', DBProxyArn: id = '', EngineFamily: family = '' } = proxy;
  return {
    id,
    name,
    service: 'rds-proxy',
    region,
    awsEngine: family.toLowerCase(),
    status: proxy.Status ?? 'unknown',
    endpoints: endpointsOf(proxy, endpoints),
    iamLogin: takesIam(proxy),
    // A proxy has addresses inside its VPC only (RDS User Guide, "Quotas and limitations for RDS Proxy").
    publiclyAccessible: false,
    ...present({
      engine: FAMILIES[family],
      loginResourceId: id.split(':').at(-1),
      vpcId: proxy.VpcId,
      subnetIds: proxy.VpcSubnetIds,
      requiresTls: proxy.RequireTLS,
      consoleUrl: consoleUrl('proxy', region, name, scope),
    }),
  };
}

/** By a secret that IAM opens, or from end to end. */
const takesIam = ({ Auth: auth = [], DefaultAuthScheme: scheme }: DBProxy): boolean =>
  scheme === 'IAM_AUTH' || auth.some(({ IAMAuth: mode }) => mode === 'REQUIRED' || mode === 'ENABLED');

/** The proxy's own first; each listens at the usual port of its engine. */
function endpointsOf(proxy: DBProxy, further: readonly DBProxyEndpoint[]): Endpoint[] {
  const engine = FAMILIES[proxy.EngineFamily ?? ''];
  const port = engine && ENGINES[engine].defaultPort;
  if (!proxy.Endpoint || !port) return [];
  const endpoints: Endpoint[] = [{ ...addressOf(proxy.Endpoint, port), use: 'proxy' }];
  for (const each of further) {
    const isOther = each.DBProxyName === proxy.DBProxyName && !each.IsDefault && each.Endpoint !== proxy.Endpoint;
    if (!isOther || !each.Endpoint) continue;
    const name = each.DBProxyEndpointName;
    const readOnly = each.TargetRole === 'READ_ONLY' ? true : undefined;
    const vpcId = each.VpcId === proxy.VpcId ? undefined : each.VpcId;
    endpoints.push({ ...addressOf(each.Endpoint, port), use: 'proxy', ...present({ name, readOnly, vpcId }) });
  }
  return endpoints;
}
