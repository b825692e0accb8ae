/** What AWS says of a resource, line by line. */
import { ENGINES } from '#contract/engines.ts';
import { type Resource, SERVICES } from '#contract/resources.ts';

const yesNo = (value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : value ? 'yes' : 'no';

/** An engine with one login has nothing to switch on. */
const hasIamSwitch = ({ engine }: Resource): boolean => engine !== undefined && ENGINES[engine].logins.length > 1;

/** Each line's name and text, in the order in which people look for them; what AWS does not say is left out. */
export function resourceFacts(resource: Resource): [name: string, text: string][] {
  const { service, region, awsEngine, version, storageGib, subnetIds, tables, globalTables } = resource;
  const all: [string, string | undefined][] = [
    ['Service', `${SERVICES[service].title}, ${region}`],
    ['Engine', [awsEngine, version].filter(Boolean).join(' ')],
    ['Status', resource.status],
    ['Access', resource.access && 'read-only for your role'],
    ['Size', resource.size],
    ['Storage', storageGib === undefined ? undefined : `${storageGib.toLocaleString('en')} GiB`],
    ['Cluster', resource.clusterId],
    ['Database', resource.database],
    ['Main user', resource.user],
    ['IAM logins', hasIamSwitch(resource) ? yesNo(resource.iamLogin) : undefined],
    ['Login id', resource.loginResourceId],
    ['Public', yesNo(resource.publiclyAccessible)],
    ['Encrypted', yesNo(resource.encrypted)],
    ['VPC', resource.vpcId],
    ['Subnets', subnetIds?.join(' ')],
    ['Tables', tables?.length.toLocaleString('en')],
    ['Global tables', globalTables && Object.keys(globalTables).length.toLocaleString('en')],
  ];
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
