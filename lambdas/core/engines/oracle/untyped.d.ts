/** Parts of the driver that its types leave out: where dates are read from their bytes, */
declare module 'oracledb/lib/impl/datahandlers/buffer.js' {
  export class BaseBuffer {
    /** `fromDatabaseZone`: the bytes are of a TIMESTAMP WITH LOCAL TIME ZONE. */
    parseOracleDate(bytes: Buffer, local?: boolean, fromDatabaseZone?: boolean): Date;
  }
}

/** and where it decides how a column is fetched; its tests alone ask for that. */
declare module 'oracledb/lib/impl/resultset.js' {
  export default class ResultSetImpl {
    _determineFetchType(column: object, options: { fetchTypeHandler: unknown }, columns: readonly object[]): void;
  }
}
