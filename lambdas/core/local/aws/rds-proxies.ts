import type { RdsProxy } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { page } from './paging.ts';
import { answer, arnOf, callersArn, type Operations, seenBy } from './rds-describe.ts';
import { filtersOf } from './rds-filters.ts';
import { subnetOf } from './rds-subnet-groups.ts';
import type { Caller } from './service.ts';
import type { XmlElement } from './xml.ts';

export const rdsProxies = (proxies: readonly RdsProxy[]): Operations => ({
  DescribeDBProxies(parameters, caller) {
    const wanted = parameters.get('DBProxyName');
    caller.authorize('rds:DescribeDBProxies', callersArn(caller, 'db-proxy', wanted ?? '*'));
    filtersOf(parameters, []);
    const found = namedBy(wanted, caller, proxies);
    return answer('DBProxies', 'member', page(found, parameters), proxyElement);
  },
  DescribeDBProxyEndpoints(parameters, caller) {
    const wanted = parameters.get('DBProxyName');
    caller.authorize('rds:DescribeDBProxyEndpoints', callersArn(caller, 'db-proxy-endpoint', '*'));
    filtersOf(parameters, []);
    const endpoints = namedBy(wanted, caller, proxies).flatMap(endpointsOf);
    const name = parameters.get('DBProxyEndpointName');
    const found = endpoints.filter((each) => name === undefined || each.DBProxyEndpointName === name);
    if (name !== undefined && found.length === 0) {
      throw new Fault('noProxyEndpoint', `DBProxyEndpoint ${name} not found.`);
    }
    return answer('DBProxyEndpoints', 'member', page(found, parameters), (element) => element);
  },
});

const namedBy = (wanted: string | undefined, caller: Caller, proxies: readonly RdsProxy[]): RdsProxy[] => {
  const mine = seenBy(caller, proxies);
  const named = wanted === undefined ? mine : mine.filter(({ name }) => name === wanted);
  if (wanted !== undefined && named.length === 0) throw new Fault('noProxy', `DBProxy ${wanted} not found.`);
  return named;
};

const hostOf = ({ endpoint: { host, port } }: RdsProxy): string => `${host}:${port}`;

const common = ({ name, vpcId }: RdsProxy) => ({
  DBProxyName: name,
  Status: 'available',
  VpcId: vpcId,
  VpcSecurityGroupIds: { member: [vpcId.replace(/^vpc/, 'sg')] },
  VpcSubnetIds: { member: ['a', 'b'].map((zone) => subnetOf(vpcId, zone)) },
  CreatedDate: '2026-01-05T08:30:00.000Z',
});

const proxyElement = (proxy: RdsProxy): XmlElement => ({
  ...common(proxy),
  DBProxyArn: arnOf(proxy, 'db-proxy', proxy.resourceId),
  EngineFamily: proxy.engineFamily,
  Auth: { member: [{ AuthScheme: 'SECRETS', IAMAuth: proxy.iamLogin, SecretArn: secretOf(proxy) }] },
  RoleArn: `arn:aws:iam::${proxy.accountId}:role/proxy`,
  Endpoint: hostOf(proxy),
  RequireTLS: true,
  IdleClientTimeout: 1800,
  DebugLogging: false,
  UpdatedDate: '2026-01-05T08:30:00.000Z',
});

const secretOf = ({ region, accountId, name }: RdsProxy): string =>
  `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`;

const endpointsOf = (proxy: RdsProxy) =>
  (proxy.further ?? []).map(({ name, host, readOnly }) => ({
    ...common(proxy),
    DBProxyEndpointName: name,
    DBProxyEndpointArn: arnOf(proxy, 'db-proxy-endpoint', `prx-endpoint-${name}`),
    Endpoint: host,
    TargetRole: readOnly ? 'READ_ONLY' : 'READ_WRITE',
    IsDefault: false,
  }));
