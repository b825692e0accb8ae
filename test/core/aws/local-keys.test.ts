import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { localDataKeys } from '#core/aws/local-keys.ts';

const secret = randomBytes(32).toString('base64');
const keys = localDataKeys(secret);
const context = { 'lodge:session': 's', 'lodge:user': 'u' };
const refusal = { code: 'SESSION_INVALID' };

test('a key is unwrapped as it was made, by any server with the same secret', async () => {
  const { key, wrapped } = await keys.generate(context);
  expect(key).toHaveLength(32);
  expect(Buffer.from(await localDataKeys(secret).unwrap(wrapped, context))).toEqual(Buffer.from(key));
});

test('the order of a context does not count', async () => {
  const { key, wrapped } = await keys.generate(context);
  const turned = Object.fromEntries(Object.entries(context).reverse());
  expect(Buffer.from(await keys.unwrap(wrapped, turned))).toEqual(Buffer.from(key));
});

test('another context, and another secret, do not unwrap it', async () => {
  const { wrapped } = await keys.generate(context);
  await expect(keys.unwrap(wrapped, { ...context, 'lodge:user': 'v' })).rejects.toMatchObject(refusal);
  await expect(keys.unwrap(wrapped, { 'lodge:session': 's' })).rejects.toMatchObject(refusal);
  const other = localDataKeys(randomBytes(32).toString('base64'));
  await expect(other.unwrap(wrapped, context)).rejects.toMatchObject(refusal);
});

test('an altered or cut one is refused', async () => {
  const { wrapped } = await keys.generate(context);
  await fc.assert(
    fc.asyncProperty(fc.nat(wrapped.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const altered = Uint8Array.from(wrapped, (byte, place) => (place === at ? byte ^ flip : byte));
      await expect(keys.unwrap(altered, context)).rejects.toMatchObject(refusal);
      await expect(keys.unwrap(wrapped.subarray(0, at), context)).rejects.toMatchObject(refusal);
    }),
  );
});

test('the key does not show in what wraps it, and no two are alike', async () => {
  const [one, two] = await Promise.all([keys.generate(context), keys.generate(context)]);
  expect(Buffer.from(one.wrapped).includes(Buffer.from(one.key))).toBe(false);
  expect(Buffer.from(one.key).equals(Buffer.from(two.key))).toBe(false);
});

test('a secret of another length does not start a server', () => {
  expect(() => localDataKeys('c2hvcnQ=')).toThrow('32 bytes');
});
