/** STS: GetCallerIdentity, which nobody can be denied, GetSessionToken and AssumeRole. */
import type { Key, Registry } from '../account/registry.ts';
import { assumeRole } from './assume-role.ts';
import { Fault } from './fault.ts';
import type { QueryService } from './service.ts';
import { credentialsElement, invalidParameter } from './sts-elements.ts';

/** Bounds and defaults in seconds (STS API reference, GetSessionToken): an account's root user gets one hour at most. */
const DURATION = { least: 900, most: 129_600, usual: 43_200, root: 3_600 } as const;

export const sts = (registry: Registry): QueryService => ({
  protocol: 'query',
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: {
    GetCallerIdentity(_parameters, { key: { principal } }) {
      return { Arn: principal.arn, UserId: principal.userId, Account: principal.accountId };
    },
    GetSessionToken(parameters, { key }) {
      if (key.origin !== 'long-term' || !key.name) {
        throw new Fault('denied', 'Cannot call GetSessionToken with session credentials');
      }
      const issued = registry.issue(key.name, 'session-token', duration(parameters.get('DurationSeconds'), key));
      return { Credentials: credentialsElement(issued) };
    },
    AssumeRole: assumeRole(registry),
  },
});

const duration = (text: string | undefined, { principal }: Key): number => {
  const most = principal.kind === 'root' ? DURATION.root : DURATION.most;
  if (text === undefined) return Math.min(DURATION.usual, most);
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  const wrong = (bound: string) => invalidParameter('durationSeconds', text, bound);
  if (!(seconds >= DURATION.least)) throw wrong(`Member must have value greater than or equal to ${DURATION.least}`);
  if (seconds > DURATION.most) throw wrong(`Member must have value less than or equal to ${DURATION.most}`);
  return Math.min(seconds, most);
};
