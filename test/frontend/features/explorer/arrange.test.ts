import { arrange } from '../../../../frontend/src/features/explorer/arrange.ts';
import { resource } from '../workbench/demo.ts';

const cluster = resource('orders', { id: 'cluster:orders', service: 'aurora' });
const member = (name: string, more = {}) => resource(name, { clusterId: 'orders', ...more });

describe('resources in their places', () => {
  it('stand by service and region, as they stand in the list', () => {
    const places = arrange([
      resource('far', { region: 'us-east-1' }),
      resource('db-2'),
      resource('db-10'),
      resource('items', { service: 'dynamodb' }),
    ]);
    expect(
      places.map(({ service, region, resources }) => [service, region, resources.map(({ name }) => name)]),
    ).toEqual([
      ['rds', 'eu-central-1', ['db-2', 'db-10']],
      ['rds', 'us-east-1', ['far']],
      ['dynamodb', 'eu-central-1', ['items']],
    ]);
  });

  it('put the instances of a cluster below it', () => {
    const places = arrange([member('orders-1'), resource('shop'), cluster, member('orders-2')]);
    expect(places.map(({ resources }) => resources.map(({ name }) => name))).toEqual([['shop'], ['orders']]);
    expect(places[1]?.members.get(cluster)?.map(({ name }) => name)).toEqual(['orders-1', 'orders-2']);
  });

  it('leave an instance in its own place where its cluster is not seen, or is in another region', () => {
    expect(arrange([member('orders-1')])[0]?.resources).toHaveLength(1);
    const far = member('orders-1', { region: 'us-east-1' });
    expect(arrange([cluster, far]).map(({ service }) => service)).toEqual(['rds', 'aurora']);
  });

  it('are put in order once for the same list', () => {
    const list = [resource('shop')];
    expect(arrange(list)).toBe(arrange(list));
  });
});
