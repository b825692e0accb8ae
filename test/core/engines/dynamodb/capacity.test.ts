import { CapacitySum } from '#core/engines/dynamodb/capacity.ts';

describe('the capacity of a statement', () => {
  it('is summed over pages, with what went to each index', () => {
    const sum = new CapacitySum();
    sum.add({ CapacityUnits: 1.5, GlobalSecondaryIndexes: { a: { CapacityUnits: 1 } } });
    sum.add({ CapacityUnits: 2, GlobalSecondaryIndexes: { a: { CapacityUnits: 0.5 } } });
    sum.add({ CapacityUnits: 1, LocalSecondaryIndexes: { b: { CapacityUnits: 1 } } });
    expect(sum.consumed).toEqual({ units: 4.5, indexes: { a: 1.5, b: 1 } });
  });
  it('is not claimed where DynamoDB does not say', () => {
    const sum = new CapacitySum();
    sum.add(undefined);
    expect(sum.consumed).toBeUndefined();
    sum.add({ CapacityUnits: 0.5 });
    expect(sum.consumed).toEqual({ units: 0.5 });
  });
});
