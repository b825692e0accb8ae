/** The last part of an ARN is what people call a resource: `shop` of `…:db:shop`, `orders` of `…:table/orders`. */
export const resourceName = (id: string): string => id.split(/[:/]/).findLast((part) => part !== '') ?? id;
