import { AppError } from '#contract/errors.ts';
import { rememberedKeys } from '#core/aws/remembered-keys.ts';
import type { DataKeys } from '#core/ports/data-keys.ts';
import { ownDataKeys, stoppedClock } from '../../support/ports.ts';

const context = { 'lodge:session': 's' };

function remembering(failure?: AppError) {
  const { clock, pass } = stoppedClock();
  const own = ownDataKeys();
  const asked: Uint8Array[] = [];
  const counting: DataKeys = {
    generate: own.generate,
    unwrap: async (wrapped, bound) => {
      asked.push(wrapped);
      if (failure) throw failure;
      return own.unwrap(wrapped, bound);
    },
  };
  return { keys: rememberedKeys(counting, clock), asked, pass };
}

test('a key in use is unwrapped once in five minutes', async () => {
  const { keys, asked, pass } = remembering();
  const { key, wrapped } = await keys.generate(context);
  for (const seconds of [0, 100, 199.9]) {
    pass(seconds);
    expect(Buffer.from(await keys.unwrap(wrapped, context))).toEqual(Buffer.from(key));
  }
  expect(asked).toHaveLength(1);
  pass(1);
  await keys.unwrap(wrapped, context);
  expect(asked).toHaveLength(2);
});

test('requests at the same time share one call', async () => {
  const { keys, asked } = remembering();
  const { wrapped } = await keys.generate(context);
  await Promise.all(Array.from({ length: 20 }, () => keys.unwrap(wrapped, context)));
  expect(asked).toHaveLength(1);
});

test('a key is remembered for its context only', async () => {
  const { keys } = remembering();
  const { wrapped } = await keys.generate(context);
  await keys.unwrap(wrapped, context);
  await expect(keys.unwrap(wrapped, { 'lodge:session': 'other' })).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

test('a failure is not remembered', async () => {
  const { keys, asked } = remembering(new AppError('AWS_UNAVAILABLE'));
  const { wrapped } = await keys.generate(context);
  for (let time = 0; time < 2; time += 1)
    await expect(keys.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
  expect(asked).toHaveLength(2);
});

test('only so many are remembered', async () => {
  const { keys, asked } = remembering();
  const made = await Promise.all(Array.from({ length: 501 }, () => keys.generate(context)));
  for (const { wrapped } of made) await keys.unwrap(wrapped, context);
  await keys.unwrap(made[0]?.wrapped as Uint8Array, context);
  expect(asked).toHaveLength(502);
  await keys.unwrap(made[500]?.wrapped as Uint8Array, context);
  expect(asked).toHaveLength(502);
});
