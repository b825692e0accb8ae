import { type ResourcesRecord, SERVICES } from '#contract/resources.ts';
import {
  type Discovery,
  endDiscovery,
  failDiscovery,
  receive,
  startDiscovery,
} from '../../../../frontend/src/features/explorer/discovery.ts';
import { resource } from '../workbench/demo.ts';

const services = Object.keys(SERVICES).length;
const answer = (more: Partial<Extract<ResourcesRecord, { type: 'resources' }>> = {}): ResourcesRecord => ({
  type: 'resources',
  service: 'rds',
  region: 'eu-central-1',
  status: 'ok',
  resources: [resource('shop')],
  ...more,
});
const received = (...records: ResourcesRecord[]): Discovery =>
  records.reduce(receive, startDiscovery(['eu-central-1', 'us-east-1']));
const end: ResourcesRecord = { type: 'end', elapsedMs: 1 };
const waiting = (discovery: Discovery) => discovery.cells.filter(({ status }) => status === 'waiting').length;

describe('a discovery', () => {
  it('waits for every service in every region', () => {
    expect(waiting(received())).toBe(services * 2);
  });

  it('counts each answer as it arrives', () => {
    const discovery = received(answer());
    expect(waiting(discovery)).toBe(services * 2 - 1);
    expect(discovery.resources.map(({ name }) => name)).toEqual(['shop']);
    expect(discovery.state).toBe('running');
  });

  it('keeps the instances of a cluster, which RDS has listed, whoever answers last', () => {
    const docdb = { ...resource('catalog'), service: 'documentdb' as const };
    const member = { ...docdb, id: 'arn:catalog-1', name: 'catalog-1', clusterId: 'catalog' };
    const records = [answer({ resources: [member] }), answer({ service: 'documentdb', resources: [docdb] })];
    for (const order of [records, records.toReversed(), [...records, ...records]])
      expect(
        received(...order)
          .resources.map(({ name }) => name)
          .sort(),
      ).toEqual(['catalog', 'catalog-1']);
  });

  it('is complete with its end record', () => {
    expect(received(answer(), end).state).toBe('complete');
    expect(endDiscovery(received(answer(), end)).state).toBe('complete');
  });

  it('is cut where the stream ends without one, and says what was not answered', () => {
    const discovery = endDiscovery(received(answer()));
    expect(discovery.state).toBe('cut');
    expect(waiting(discovery)).toBe(0);
    expect(discovery.cells.filter(({ status }) => status === 'cut')).toHaveLength(services * 2 - 1);
    expect(discovery.resources).toHaveLength(1);
  });

  it('fails with what was said, and keeps what had arrived', () => {
    const error = { code: 'INTERNAL', message: 'Something went wrong.', requestId: 'r-1' };
    const discovery = endDiscovery(received(answer(), { type: 'error', error }));
    expect([discovery.state, discovery.error?.message, discovery.resources.length]).toEqual([
      'failed',
      'Something went wrong.',
      1,
    ]);
    expect(failDiscovery(received(), new Error('x')).state).toBe('failed');
  });

  it('does not mind heartbeats', () => {
    const discovery = received();
    expect(receive(discovery, { type: 'heartbeat' })).toBe(discovery);
  });

  it('takes the answer of a region that was not expected', () => {
    const discovery = received(answer({ region: 'eu-north-1', resources: [] }));
    expect(discovery.cells).toHaveLength(services * 2 + 1);
  });
});

describe('looking again', () => {
  const first = received(
    answer(),
    answer({ region: 'us-east-1', resources: [resource('far', { region: 'us-east-1' })] }),
    end,
  );

  it('keeps what is known in sight until it is answered anew', () => {
    const again = startDiscovery(['eu-central-1'], first);
    expect(again.resources.map(({ name }) => name)).toEqual(['shop', 'far']);
    expect(waiting(again)).toBe(services);
  });

  it('replaces what one service and region said', () => {
    const again = receive(startDiscovery(['eu-central-1'], first), answer({ resources: [resource('new')] }));
    expect(again.resources.map(({ name }) => name)).toEqual(['far', 'new']);
  });

  it('keeps what was seen where the answer failed', () => {
    const failed = answer({ status: 'failed', message: 'AWS did not answer.', resources: [] });
    expect(receive(startDiscovery(['eu-central-1'], first), failed).resources).toHaveLength(2);
  });

  it('forgets what may not be listed any more', () => {
    const denied = answer({ status: 'denied', action: 'rds:DescribeDBInstances', resources: [] });
    expect(receive(startDiscovery(['eu-central-1'], first), denied).resources.map(({ name }) => name)).toEqual(['far']);
  });
});
