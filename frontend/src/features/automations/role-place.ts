/** What the policy of an automation's role is written for: the form, with what discovery knows of its resource. */
import type { Resource } from '#contract/resources.ts';
import type { RunPlace } from '#contract/run-policy.ts';
import { type AutomationForm, placeOf } from './automation-form.ts';

/** Undefined: the resource is not among those that were found, so that nobody knows how it is opened. */
export function rolePlace(
  form: AutomationForm,
  resources: readonly Resource[],
  tables: readonly string[],
): RunPlace | undefined {
  const resource = resources.find(({ id }) => id === form.resourceId);
  if (!resource) return undefined;
  const { login, database, readOnly } = placeOf(form);
  return { resource: withLoginResource(resource, resources), login, database, readOnly, tables };
}

/** Policies for logins at a member of a cluster name the cluster's id, which the member does not say. */
function withLoginResource(resource: Resource, resources: readonly Resource[]): Resource {
  const { loginResourceId, clusterId, region } = resource;
  if (loginResourceId || !clusterId) return resource;
  const cluster = resources.find((one) => one.name === clusterId && one.region === region && one.service === 'aurora');
  return cluster?.loginResourceId ? { ...resource, loginResourceId: cluster.loginResourceId } : resource;
}

/** Those of the tables whose names stand in a text: in quotes, or by themselves. */
export const tablesIn = (text: string, tables: readonly string[]): string[] => {
  const words = new Set(text.match(/[\w.-]+/g));
  return tables.filter((table) => words.has(table));
};

/** As they are typed: with commas, blanks or lines between them. */
export const tablesOf = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);
