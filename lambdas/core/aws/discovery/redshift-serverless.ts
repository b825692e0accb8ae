import {
  ListTagsForResourceCommand,
  type Namespace,
  paginateListNamespaces,
  paginateListWorkgroups,
  RedshiftServerlessClient,
  type Workgroup,
} from '@aws-sdk/client-redshift-serverless';
import type { Resource } from '#contract/resources.ts';
import type { Found, Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { present, rangeOf, tagsOf } from './describe.ts';
import type { Source } from './source.ts';

const TAGS = 'redshift-serverless:ListTagsForResource';

/** Workgroups of Redshift Serverless; what they compute with belongs to them, what is stored to a namespace. */
export const redshiftServerless: Source = {
  list: workgroupsIn,
  async find(region, name, scope) {
    // An ARN ends with an id, and the calls know names.
    const { resources } = await workgroupsIn(region, scope);
    return resources.find(({ id }) => id.endsWith(`/${name}`));
  },
  tags: {
    action: TAGS,
    async of(region, resourceArn, scope) {
      const client = new RedshiftServerlessClient(clientConfig(scope.credentials, region));
      const call = client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal: scope.signal });
      const answer = await answerIfFound(scope, TAGS, call);
      return answer && tagsOf(answer.tags?.map(({ key: Key, value: Value }) => ({ Key, Value })));
    },
  },
};

async function workgroupsIn(region: string, scope: Scope): Promise<Found> {
  const client = new RedshiftServerlessClient(clientConfig(scope.credentials, region));
  const pages = paginateListWorkgroups({ client }, { maxResults: 100 }, { abortSignal: scope.signal });
  const workgroups = await allOf(scope, 'redshift-serverless:ListWorkgroups', pages, (page) => page.workgroups);
  const more = details();
  const namespaces = workgroups.length > 0 ? await more.of(() => namespacesBy(client, scope)) : undefined;
  const byName = new Map((namespaces ?? []).map((each) => [each.namespaceName, each]));
  return {
    resources: workgroups.map((each) => resourceOf(each, byName.get(each.namespaceName), region, scope)),
    lacking: more.lacking,
  };
}

const namespacesBy = (client: RedshiftServerlessClient, scope: Scope) =>
  allOf(
    scope,
    'redshift-serverless:ListNamespaces',
    paginateListNamespaces({ client }, { maxResults: 100 }, { abortSignal: scope.signal }),
    (page) => page.namespaces,
  );

function resourceOf(workgroup: Workgroup, namespace: Namespace | undefined, region: string, scope: Scope): Resource {
  const { workgroupName: name = '', endpoint, baseCapacity, maxCapacity } = workgroup;
  const { address: host, port, vpcEndpoints } = endpoint ?? {};
  return {
    id: workgroup.workgroupArn ?? '',
    name,
    service: 'redshift-serverless',
    region,
    awsEngine: 'redshift-serverless',
    engine: 'redshift',
    status: workgroup.status?.toLowerCase() ?? 'unknown',
    endpoints: host && port ? [{ host, port, use: 'writer' }] : [],
    // There is nothing to switch on: who may call GetCredentials may log in.
    iamLogin: true,
    // Always, with a key of AWS or one's own (Redshift Management Guide, "Security and connections").
    encrypted: true,
    ...present({
      version: workgroup.workgroupVersion,
      database: namespace?.dbName,
      user: namespace?.adminUsername,
      secretArn: namespace?.adminPasswordSecretArn,
      publiclyAccessible: workgroup.publiclyAccessible,
      vpcId: vpcEndpoints?.[0]?.vpcId,
      subnetIds: workgroup.subnetIds,
      size: rangeOf(baseCapacity, maxCapacity, 'RPU'),
      consoleUrl: consoleUrl('workgroup', region, name, scope),
    }),
  };
}
