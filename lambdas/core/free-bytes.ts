/**
 * Gives the memory of bytes back at once; whoever calls it is their last reader. Rows pass in pieces that the garbage
 * collector does not count as its own memory, and leaves lying by the ten megabytes while a result streams. Bytes that
 * share their memory with others, as small Buffers do, are left to it.
 */
export function freeBytes(bytes: Uint8Array): void {
  const { buffer, byteLength } = bytes;
  const alone = byteLength > 0 && buffer.byteLength === byteLength;
  if (alone && 'transfer' in buffer) buffer.transfer(0);
}
