/** People and sessions that tests speak of. */
import type { Role } from '#contract/roles.ts';
import type { UserSession } from '#core/http/handler.ts';

/** A signed-in user of account 111122223333; the credentials open nothing. */
export const sessionOf = (role: Role): UserSession => ({
  id: 'session-of-a-test',
  user: {
    id: 'aws:111122223333:AIDATESTONLY000000001',
    arn: 'arn:aws:iam::111122223333:user/maria',
    name: 'maria',
    kind: 'user',
  },
  account: { id: '111122223333', alias: 'harbour' },
  credentials: { accessKeyId: 'ASIATESTONLY00000001', secretAccessKey: 'not-a-secret', sessionToken: 'not-a-token' },
  issuedAt: new Date('2026-11-23T10:00:00Z'),
  expiresAt: new Date('2036-11-23T11:00:00Z'),
  key: new Uint8Array(32).fill(7),
  role,
});
