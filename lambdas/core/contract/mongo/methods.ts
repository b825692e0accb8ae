/** The methods of the shell that Lodge knows: the engine has one for each, and the editor offers them. */

export const DATABASE_METHODS = [
  'getCollection',
  'getCollectionNames',
  'getCollectionInfos',
  'getSiblingDB',
  'createCollection',
  'dropDatabase',
  'runCommand',
  'adminCommand',
  'stats',
  'version',
  'serverStatus',
  'hostInfo',
] as const;

export const COLLECTION_METHODS = [
  'find',
  'findOne',
  'aggregate',
  'countDocuments',
  'estimatedDocumentCount',
  'count',
  'distinct',
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'getIndexes',
  'createIndex',
  'dropIndex',
  'stats',
  'drop',
  'explain',
] as const;

/** Behind `find(…)`: each sets the option of its own name, but for the last ones. */
export const FIND_OPTIONS = [
  'sort',
  'limit',
  'skip',
  'projection',
  'hint',
  'collation',
  'maxTimeMS',
  'batchSize',
  'comment',
  'min',
  'max',
] as const;
export const AGGREGATE_OPTIONS = ['hint', 'collation', 'maxTimeMS', 'comment'] as const;
const ENDS = ['explain', 'toArray', 'pretty'] as const;
export const FIND_METHODS = [...FIND_OPTIONS, 'count', 'size', ...ENDS] as const;
export const AGGREGATE_METHODS = [...AGGREGATE_OPTIONS, ...ENDS] as const;
