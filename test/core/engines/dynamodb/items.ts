/** Items as they come in a page of DynamoDB's. */
import type { Item } from '#core/engines/dynamodb/attributes.ts';
import { takeItems } from '#core/engines/dynamodb/page-items.ts';

/** Of objects that are DynamoDB JSON, or of the JSON itself. */
export function itemsOf(...items: readonly (object | string)[]): Item[] {
  const texts = items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  return takeItems(Buffer.from(`{"Count":${items.length},"Items":[${texts.join()}]}`)).items;
}
