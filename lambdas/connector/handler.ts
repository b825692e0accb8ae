/** Opens databases inside a VPC. It has no permission and knows nobody: each call brings all that it needs. */
import { connectorFunction } from '#core/aws/connector-function.ts';

export const handler = connectorFunction();
