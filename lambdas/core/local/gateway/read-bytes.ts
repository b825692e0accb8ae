import type { Duplex } from 'node:stream';

/**
 * Exactly so many bytes; what follows stays in the stream, so that it can be piped afterwards. Rejects where it ends
 * before.
 */
export const readBytes = (from: Duplex, size: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const done = (finish: () => void) => {
      from.off('readable', attempt).off('end', ended).off('close', ended).off('error', ended);
      finish();
    };
    const ended = () => done(() => reject(new Error('The peer has left.')));
    const attempt = () => {
      const bytes: Buffer | null = from.read(size);
      if (bytes?.byteLength === size) done(() => resolve(bytes));
      else if (bytes) ended();
    };
    from.on('readable', attempt).once('end', ended).once('close', ended).once('error', ended);
    if (from.destroyed || from.readableEnded) ended();
    else attempt();
  });
