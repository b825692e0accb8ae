/** Parts of the driver that its types leave out: where dates are read from their bytes, */
declare module 'oracledb/lib/impl/datahandlers/buffer.js' {
  export class BaseBuffer {
    /** `fromDatabaseZone`: the bytes are of a TIMESTAMP WITH LOCAL TIME ZONE. */
    parseOracleDate(bytes: Buffer, local?: boolean, fromDatabaseZone?: boolean): Date;
  }
}

/** where it opens a socket, */
declare module 'oracledb/lib/thin/sqlnet/ntTcp.js' {
  export interface Address {
    /** An address: the driver has resolved the name, */
    readonly host: string;
    readonly port?: number;
    readonly httpsProxy?: string | undefined;
    /** and the name that was connected to first, where a listener sends on to another place. */
    readonly originHost?: string | undefined;
  }
  export default class NTTCP {
    ntConnect(address: Address): Promise<void>;
  }
}

/** and where it decides how a column is fetched; its tests alone ask for that. */
declare module 'oracledb/lib/impl/resultset.js' {
  export default class ResultSetImpl {
    _determineFetchType(column: object, options: { fetchTypeHandler: unknown }, columns: readonly object[]): void;
  }
}
