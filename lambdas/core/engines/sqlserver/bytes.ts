/** Reads values from the bytes of a message; where they end too early, says how many there must be. */
export class Missing extends Error {
  /** The length of the buffer from which what was asked for could be read. */
  readonly length: number;

  constructor(length: number) {
    super('there are more bytes to come');
    this.length = length;
  }
}

export class Bytes {
  readonly #buffer: Buffer;
  at: number;

  constructor(buffer: Buffer, at: number) {
    this.#buffer = buffer;
    this.at = at;
  }

  /** Moves on over `length` bytes and returns where they began. */
  skip(length: number): number {
    const from = this.at;
    if (from + length > this.#buffer.length) throw new Missing(from + length);
    this.at = from + length;
    return from;
  }

  /** The next `length` bytes, where they lie. */
  take(length: number): Buffer {
    const from = this.skip(length);
    return this.#buffer.subarray(from, from + length);
  }

  uint(length: 1 | 2 | 3 | 4 | 5): number {
    return this.#buffer.readUIntLE(this.skip(length), length);
  }

  int(length: 1 | 2 | 4): number {
    return this.#buffer.readIntLE(this.skip(length), length);
  }

  /** `length` is that of whole words of four bytes, as all long numbers of the protocol are. */
  bigUint(length: number): bigint {
    const from = this.skip(length);
    let value = 0n;
    for (let at = from + length - 4; at >= from; at -= 4) {
      const word = this.#buffer.readUInt32LE(at);
      if (value !== 0n || word !== 0) value = (value << 32n) | BigInt(word);
    }
    return value;
  }

  bigInt64(): bigint {
    return this.#buffer.readBigInt64LE(this.skip(8));
  }

  float(): number {
    return this.#buffer.readFloatLE(this.skip(4));
  }

  double(): number {
    return this.#buffer.readDoubleLE(this.skip(8));
  }
}
