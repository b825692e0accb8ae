/** Bytes that are used again and again, and grow where they are too few. */
export class Room {
  bytes: Buffer = Buffer.alloc(0);

  /** The bytes, at least so many. What is in them is lost where they grow. */
  reserve(size: number): Buffer {
    if (this.bytes.length < size) this.bytes = Buffer.allocUnsafeSlow(size + (size >> 1));
    return this.bytes;
  }
}
