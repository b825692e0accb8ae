/** What the account hands out and must know again, without keeping it: sealed with a key of the folder's seed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export const seal = (key: Buffer, content: object): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
};

/** Undefined where it was not sealed with this key, or was changed. */
export const openSealed = <T>(key: Buffer, text: string): T | undefined => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 29 || bytes.toString('base64') !== text) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()) as T;
  } catch {
    return undefined;
  }
};
