/** What went wrong, as a sentence that says what to do. An SDK's own words are never shown: they may quote a request. */
import { AppError } from '#contract/errors.ts';
import type { Options } from './options.ts';

/** Said by a command itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

interface Thrown {
  readonly name: string;
  readonly message: string;
}

type Explain = (error: Thrown, options: Options) => string;

/** The first row whose pattern matches the error's name explains it. */
const MEANINGS: readonly (readonly [RegExp, Explain])[] = [
  [
    /^ResourceNotFoundException$/,
    (_, { table }) =>
      `There is no table ${table} in this account and region. The stack's output TableName says its name; --table and --region choose it.`,
  ],
  [/^AccessDenied/, (error) => `These credentials do not allow ${actionIn(error)}.`],
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    (_, { profile }) =>
      `There are no AWS credentials${profile ? ` of the profile ${profile}` : ''}. Sign in with the AWS CLI, or name a profile that has some.`,
  ],
  [/^ExpiredToken/, () => 'These AWS credentials have expired. Sign in again.'],
  [
    /^(UnrecognizedClientException|InvalidSignatureException|InvalidClientTokenId|SignatureDoesNotMatch|IncompleteSignature)/,
    () => 'AWS does not accept these credentials.',
  ],
];

const silent = ({ endpoint }: Options): string =>
  endpoint ? `Nothing answers at ${endpoint}.` : 'AWS did not answer. Check the network and the region.';

/** AWS's sentence names the action and the resource: `… is not authorized to perform: … on resource: …`. */
const actionIn = ({ message }: Thrown): string => {
  const { action, resource } =
    /perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>arn:[\w:/.*-]+))?/.exec(message)?.groups ?? {};
  if (!action) return 'this';
  return resource ? `${action} on ${resource}` : action;
};

export function explainFailure(error: unknown, options: Options): string {
  if (error instanceof Refusal) return error.message;
  const cause = origin(error);
  const explain = MEANINGS.find(([pattern]) => pattern.test(cause.name))?.[1];
  if (explain) return explain(cause, options);
  if (/^Region is missing/.test(cause.message)) return 'Say in which region the table is: --region.';
  if (error instanceof AppError && error.code === 'AWS_UNAVAILABLE') return silent(options);
  return error instanceof AppError && error.code !== 'INTERNAL' ? error.message : `This failed: ${cause.name}.`;
}

/** What an adapter of ours has wrapped. */
function origin(error: unknown): Thrown {
  if (error instanceof AppError && error.cause) return origin(error.cause);
  const { name, message } = Object(error) as Partial<Record<keyof Thrown, unknown>>;
  return { name: String(name), message: String(message) };
}
