/** What an account could answer that the local one does not: refusals of every kind, and resources out of reach. */
import type { Page } from 'playwright-core';
import { type Resource, type ResourcesRecord, Service } from '#contract/resources.ts';

type Answer = Extract<ResourcesRecord, { type: 'resources' }>;

const REGION = 'eu-central-1';
const answer = (service: Service, more: Partial<Answer> = {}): Answer => ({
  ...{ type: 'resources', service, region: REGION, status: 'ok', resources: [] },
  ...more,
});

const orders: Resource = {
  id: 'arn:aws:rds:eu-central-1:111122223333:cluster:orders',
  name: 'orders',
  service: 'aurora',
  region: REGION,
  awsEngine: 'aurora-postgresql',
  engine: 'postgres',
  version: '16.4',
  status: 'available',
  endpoints: [
    { host: 'orders.cluster.example.com', port: 5432, use: 'writer' },
    { host: 'orders.cluster-ro.example.com', port: 5432, use: 'reader', readOnly: true },
  ],
  iamLogin: true,
  vpcId: 'vpc-0a1b',
  consoleUrl: 'https://eu-central-1.console.aws.amazon.com/rds/home?region=eu-central-1#database:id=orders',
  reach: {
    way: 'none',
    reason: 'No network of this instance is in vpc-0a1b.',
    settings: '{ "name": "orders",\n  "vpcId": "vpc-0a1b",\n  "subnetIds": ["subnet-1"] }',
  },
  tags: { environment: 'production' },
};
const of = (name: string, more: Partial<Resource>): Resource => ({
  ...orders,
  ...{ id: `arn:aws:rds:eu-central-1:111122223333:db:${name}`, name, service: 'rds', tags: {} },
  ...{ endpoints: [{ host: `${name}.example.com`, port: 5432, use: 'instance' }] },
  ...more,
});
const payroll = of('payroll', {
  engine: 'sqlserver',
  awsEngine: 'sqlserver-se',
  iamLogin: false,
  reach: { way: 'connector', network: 'main' },
});
const { engine: _, ...graph } = of('graph', { awsEngine: 'neptune' });

const STATUSES: Partial<Record<Service, Partial<Answer>>> = {
  rds: { resources: [of('orders-1', { clusterId: 'orders' }), payroll, graph] },
  aurora: { resources: [orders] },
  redshift: { status: 'denied', action: 'redshift:DescribeClusters' },
  'redshift-serverless': { status: 'denied', action: 'redshift-serverless:ListWorkgroups' },
  documentdb: { status: 'throttled' },
  'documentdb-elastic': { status: 'timeout' },
};

/** One region that answers in every way, and one that is not enabled; the second time they are asked, all is well. */
export async function answerInEveryWay(page: Page): Promise<void> {
  let asked = 0;
  const records = () => {
    asked += 1;
    const here = Service.options.map((service) => answer(service, STATUSES[service]));
    const there = Service.options.map((service) => answer(service, { region: 'us-east-1', status: 'disabled' }));
    return asked > 1 ? here.map((one) => ({ ...one, status: 'ok' })) : [...here, ...there];
  };
  await page.route('**/api/resources', (route) =>
    route.fulfill({
      contentType: 'application/x-ndjson',
      body: [...records(), { type: 'end', elapsedMs: 1 }].map((record) => `${JSON.stringify(record)}\n`).join(''),
    }),
  );
}
