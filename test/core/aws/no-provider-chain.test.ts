import { fromNodeProviderChain } from '#core/aws/no-provider-chain.ts';

test('a login to a database never finds credentials of the function’s own', async () => {
  await expect(fromNodeProviderChain()()).rejects.toThrow('A login takes the credentials that it is given.');
});
