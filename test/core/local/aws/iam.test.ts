import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { iam } from '#core/local/aws/iam.ts';
import type { Credentials } from '#core/ports.ts';
import { ada, endpointWith, refusal, registry, temporary } from './sdk.ts';

const config = endpointWith(iam);
const aliases = (credentials: Credentials) =>
  new IAMClient(config(credentials)).send(new ListAccountAliasesCommand({}));

test('says the alias of the caller’s own account', async () => {
  expect((await aliases(ada)).AccountAliases).toEqual(['lodge-demo']);
  expect((await aliases(registry.longTerm('erin'))).AccountAliases).toEqual(['somebody-else']);
});

test('does not take keys of GetSessionToken, and takes those of a role', async () => {
  const session = temporary(registry.issue('ada', 'session-token', 900));
  expect(await refusal(aliases(session))).toEqual(['InvalidClientTokenId', 403, expect.any(String)]);
  const role = temporary(registry.issue('dana', 'assumed-role', 900));
  expect((await aliases(role)).AccountAliases).toEqual(['lodge-demo']);
});

test('refuses whoever may not ask', async () => {
  expect(await refusal(aliases(registry.longTerm('service')))).toEqual([
    'AccessDenied',
    403,
    expect.stringContaining('is not authorized to perform: iam:ListAccountAliases'),
  ]);
});
