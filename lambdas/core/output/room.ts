/** Bytes that are used again and again, and grow where they are too few. */
export class Room {
  bytes: Buffer = Buffer.alloc(0);

  /** The bytes, at least so many. What is in them is lost where they grow, but for those that are `kept`. */
  reserve(size: number, kept = 0): Buffer {
    if (this.bytes.length >= size) return this.bytes;
    const larger = Buffer.allocUnsafeSlow(size + (size >> 1));
    this.bytes.copy(larger, 0, 0, kept);
    this.bytes = larger;
    return larger;
  }
}
