/** A part of the driver that its types leave out: where dates are read from their bytes. */
declare module 'oracledb/lib/impl/datahandlers/buffer.js' {
  export class BaseBuffer {
    /** `fromDatabaseZone`: the bytes are of a TIMESTAMP WITH LOCAL TIME ZONE. */
    parseOracleDate(bytes: Buffer, local?: boolean, fromDatabaseZone?: boolean): Date;
  }
}
