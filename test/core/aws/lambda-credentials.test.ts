import { defaultProvider } from '#core/aws/lambda-credentials.ts';

const NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

describe('the credentials of a packed function', () => {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  const set = (...values: (string | undefined)[]) => {
    for (const [at, name] of NAMES.entries()) {
      const value = values[at];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  afterEach(() => set(...before.map(([, value]) => value)));

  test('are those of its role, as Lambda puts them into the environment', async () => {
    set('ASIAEXAMPLE', 'a secret', 'a token');
    expect(await defaultProvider()()).toEqual({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'a secret',
      sessionToken: 'a token',
    });
  });

  test('are read when they are asked for, and not when the function is loaded', async () => {
    set(undefined, undefined, undefined);
    const provider = defaultProvider();
    set('ASIALATER', 'a secret');
    expect(await provider()).toEqual({ accessKeyId: 'ASIALATER', secretAccessKey: 'a secret' });
  });

  test.each([
    ['no key', [undefined, 'a secret']],
    ['no secret', ['ASIAEXAMPLE', undefined]],
  ])('are missing where there is %s: nothing else is asked', async (_, values) => {
    set(...values);
    await expect(defaultProvider()()).rejects.toThrow('This function has no credentials in its environment.');
  });
});
