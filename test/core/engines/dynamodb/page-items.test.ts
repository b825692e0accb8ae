import { Readable } from 'node:stream';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { keepItems, takeItems } from '#core/engines/dynamodb/page-items.ts';

const take = (text: string) => {
  const { items, rest } = takeItems(Buffer.from(text));
  return { items: items.map(({ bytes, from, to }) => bytes.toString('utf8', from, to)), rest: rest.toString() };
};

describe('a page', () => {
  it('is split into its items and what else it says, wherever that stands', () => {
    const one = '{"id":{"N":"1"},"Items":{"L":[]}}';
    const two = '{"id":{"S":"]}\\""}}';
    expect(take(`{"Count":2,"Items":[${one},${two}],"ScannedCount":2}`)).toEqual({
      items: [one, two],
      rest: '{"Count":2,"Items":[],"ScannedCount":2}',
    });
    expect(take(`\n{ "Items" : [ ${one} , ${two} ] }\n`)).toEqual({ items: [one, two], rest: '\n{ "Items" : [] }\n' });
  });

  it('may hold no items, or say nothing of any', () => {
    expect(take('{"Items":[]}')).toEqual({ items: [], rest: '{"Items":[]}' });
    expect(take('{"LastEvaluatedKey":{"Items":{"S":"a"}}}')).toEqual({
      items: [],
      rest: '{"LastEvaluatedKey":{"Items":{"S":"a"}}}',
    });
    expect(take('{}')).toEqual({ items: [], rest: '{}' });
  });

  it.each(['', '[]', '<html>', '{"Items":{}}', '{"Items":[{]}', '{"Items":[{}', '{"Items"'])('%j is none', (text) => {
    expect(() => take(text)).toThrow(SyntaxError);
  });
});

interface Told {
  readonly statusCode: number;
  readonly body: string;
}

/** A client whose network tells this, one answer after the other; their bodies come in small pieces. */
function clientOf(...answers: Told[]): DynamoDBClient {
  const requestHandler = {
    async handle() {
      const { statusCode, body } = answers.shift() ?? { statusCode: 500, body: '{}' };
      const pieces = body.match(/.{1,7}/gs) ?? [];
      return { response: { statusCode, headers: {}, body: Readable.from(pieces.map((piece) => Buffer.from(piece))) } };
    },
  };
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  return new DynamoDBClient({ region: 'eu-central-1', credentials, requestHandler });
}

describe('a command whose items are kept', () => {
  const ask = async (...answers: Told[]) => {
    const command = new QueryCommand({ TableName: 't' });
    const kept = keepItems(command);
    const answer = await clientOf(...answers).send(command);
    return { answer, items: kept.items.map(({ bytes, from, to }) => bytes.toString('utf8', from, to)) };
  };
  const page = {
    statusCode: 200,
    body: '{"Items":[{"id":{"S":"é"}}],"LastEvaluatedKey":{"id":{"B":"AP8="}},"ConsumedCapacity":{"CapacityUnits":0.5}}',
  };

  it('is answered with all but them', async () => {
    const { answer, items } = await ask(page);
    expect(items).toEqual(['{"id":{"S":"é"}}']);
    expect(answer).toMatchObject({
      Items: [],
      LastEvaluatedKey: { id: { B: new Uint8Array([0, 255]) } },
      ConsumedCapacity: { CapacityUnits: 0.5 },
    });
  });

  it('is asked again by the SDK, and has those of the last answer', async () => {
    expect((await ask({ statusCode: 500, body: '{}' }, page)).items).toHaveLength(1);
  });

  it('fails as the SDK says', async () => {
    const body = '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no"}';
    await expect(ask({ statusCode: 400, body })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(ask({ statusCode: 200, body: '<html>' })).rejects.toBeInstanceOf(SyntaxError);
  });
});
