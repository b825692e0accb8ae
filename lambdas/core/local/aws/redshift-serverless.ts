import { type JsonOperations, jsonService } from './json-service.ts';
import type { JsonService } from './service.ts';

const ABOUT = {
  name: 'redshift-serverless',
  target: 'RedshiftServerless',
  contentType: 'application/x-amz-json-1.1',
};

/** Redshift Serverless: operations by their names, from a file for each kind of them. */
export const redshiftServerless = (...operations: JsonOperations[]): JsonService =>
  jsonService(ABOUT, Object.assign({}, ...operations));
