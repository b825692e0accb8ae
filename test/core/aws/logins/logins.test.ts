/** Every login, made with the real SDK at an endpoint as strict as AWS, and taken by a gateway in front of real PostgreSQL. */
import pg from 'pg';
import { databaseLogins } from '#core/aws/logins/logins.ts';
import type { PrincipalName } from '#core/local/account/principals.ts';
import { accounts } from '#core/local/demo/accounts.ts';
import { adhoc } from '#core/local/demo/adhoc.ts';
import { partner } from '#core/local/demo/partner.ts';
import { shop } from '#core/local/demo/shop.ts';
import { shopProxy } from '#core/local/demo/shop-proxy.ts';
import { tickets } from '#core/local/demo/tickets.ts';
import { warehouse } from '#core/local/demo/warehouse.ts';
import type { ServerClaims } from '#core/session/connection-token.ts';
import { claimsOf, keysOf, type LocalDatabases, startLocalDatabases } from '../../../support/local-databases.ts';

const { signal } = new AbortController();
let local: LocalDatabases;
let claims: ReturnType<typeof claimsOf>;
beforeAll(async () => {
  local = await startLocalDatabases([shop, shopProxy, tickets, warehouse, adhoc, accounts, partner]);
  claims = claimsOf(local.holdings);
}, 60_000);
afterAll(() => local[Symbol.asyncDispose]());

const make = (to: ServerClaims, as: PrincipalName = 'ada') =>
  databaseLogins.make(to, keysOf(local.registry, as), signal);

/** Opens what the claims say with a login, and asks who that is. */
const enter = async (to: ServerClaims, { user, password }: { user: string; password: string }) => {
  const { host, port, database } = to.target;
  const client = new pg.Client({ host, port, database, user, password, ssl: { ca: local.ca } });
  await client.connect();
  try {
    const { rows } = await client.query('select current_user as me, current_database() as place');
    return rows[0];
  } finally {
    await client.end();
  }
};
const logIn = async (to: ServerClaims, as?: PrincipalName) => enter(to, await make(to, as));

const iam = (user: string) => ({ method: 'iam', user }) as const;
const identity = { method: 'identity', user: '' } as const;
const secretAt = (secretArn: string) => ({ method: 'secret', user: '', secretArn }) as const;

describe('an RDS token', () => {
  it('opens an instance, a proxy, and both endpoints of an Aurora cluster', async () => {
    for (const [to, place] of [
      [claims.instance('shop', iam('app_iam')), 'shop'],
      [claims.proxy(iam('app_iam')), 'shop'],
      [claims.aurora('writer', iam('app_iam')), 'tickets'],
      [claims.aurora('reader', iam('app_iam')), 'tickets'],
    ] as const) {
      expect(await logIn(to, 'dana')).toEqual({ me: 'app_iam', place });
    }
  });

  it('for one endpoint is of no use at another', async () => {
    const login = await make(claims.aurora('writer', iam('app_iam')));
    await expect(enter(claims.aurora('reader', iam('app_iam')), login)).rejects.toMatchObject({ code: '28000' });
    await expect(enter(claims.proxy(iam('app_iam')), login)).rejects.toMatchObject({ code: '28000' });
  });
});

describe('a token of Aurora DSQL', () => {
  it('lets the administrator in by one action, and everybody else by another', async () => {
    expect(await logIn(claims.dsql(iam('admin')))).toEqual({ me: 'admin', place: 'postgres' });
    expect(await logIn(claims.dsql(iam('bookkeeper')), 'dana')).toEqual({ me: 'bookkeeper', place: 'postgres' });
    await expect(logIn(claims.dsql(iam('admin')), 'dana')).rejects.toMatchObject({
      code: '28000',
      message: 'unable to accept connection, access denied',
    });
  });
});

describe('Redshift', () => {
  it('knows an identity as its own database user', async () => {
    expect(await logIn(claims.warehouse(identity))).toEqual({ me: 'IAM:ada', place: 'warehouse' });
    expect(await logIn(claims.warehouse(identity), 'dana')).toEqual({
      me: 'IAMR:AWSReservedSSO_DataEngineer_0123456789abcdef',
      place: 'warehouse',
    });
  });

  it('gives a password of minutes for a user that is named, and is that user', async () => {
    expect(await logIn(claims.warehouse({ method: 'temporary', user: 'analyst' }), 'ben')).toEqual({
      me: 'analyst',
      place: 'warehouse',
    });
  });

  it('Serverless knows an identity by the name of its workgroup', async () => {
    expect(await logIn(claims.workgroup(identity))).toEqual({ me: 'IAM:ada', place: 'adhoc' });
  });

  it('one warehouse takes no password of another', async () => {
    const login = await make(claims.workgroup(identity));
    await expect(enter(claims.warehouse(identity), login)).rejects.toMatchObject({ code: '28000' });
  });

  it('takes no password for another user or another database', async () => {
    const login = await make(claims.warehouse(identity));
    await expect(enter(claims.warehouse(identity), { ...login, user: 'IAM:ben' })).rejects.toMatchObject({
      code: '28000',
    });
    await expect(enter(claims.warehouse(identity), { ...login, user: 'analyst' })).rejects.toMatchObject({
      code: '28000',
    });
  });

  it('takes no password whose minutes are over', async () => {
    const to = claims.warehouse(identity);
    const grant = { warehouse: to.resourceId, user: 'IAM:ada', role: 'IAM:ada', made: true, database: 'warehouse' };
    const { password } = local.passwords.issue(grant, 60);
    expect(await enter(to, { user: 'IAM:ada', password })).toEqual({ me: 'IAM:ada', place: 'warehouse' });
    const { password: over } = local.passwords.issue(grant, -1);
    await expect(enter(to, { user: 'IAM:ada', password: over })).rejects.toMatchObject({ code: '28000' });
  });

  it('denied, names the action and the ARN to put into a policy', async () => {
    const denied = (action: string, resource: string) => ({ code: 'AWS_DENIED', details: { action, resource } });
    const { resourceId } = claims.workgroup(identity);
    await expect(make(claims.warehouse(identity), 'ben')).rejects.toMatchObject(
      denied(
        'redshift:GetClusterCredentialsWithIAM',
        'arn:aws:redshift:eu-central-1:111122223333:dbname:warehouse/warehouse',
      ),
    );
    await expect(make(claims.warehouse({ method: 'temporary', user: 'warehouse_owner' }), 'ben')).rejects.toMatchObject(
      denied(
        'redshift:GetClusterCredentials',
        'arn:aws:redshift:eu-central-1:111122223333:dbuser:warehouse/warehouse_owner',
      ),
    );
    await expect(make(claims.workgroup(identity), 'ben')).rejects.toMatchObject(
      denied('redshift-serverless:GetCredentials', resourceId),
    );
  });
});

describe('DocumentDB', () => {
  it('is handed the keys themselves, for its protocol proves who has them', async () => {
    const to: ServerClaims = {
      ...claims.instance('shop', identity),
      service: 'documentdb',
      engine: 'documentdb',
    };
    const keys = keysOf(local.registry, 'ada');
    expect(await databaseLogins.make(to, keys, signal)).toEqual({ user: '', password: '', keys });
  });
});

describe('a secret', () => {
  it('opens what it was made for', async () => {
    const [ofShop, ofWarehouse] = local.holdings.secrets;
    expect(await logIn(claims.instance('shop', secretAt(ofShop?.arn ?? '')), 'dana')).toEqual({
      me: 'shop_owner',
      place: 'shop',
    });
    expect(await logIn(claims.warehouse(secretAt(ofWarehouse?.arn ?? '')))).toEqual({
      me: 'warehouse_owner',
      place: 'warehouse',
    });
  });
});

describe('a password', () => {
  it('is passed on as it was typed', async () => {
    const to = claims.instance('shop', { method: 'password', user: 'app', password: 'typed' });
    expect(await make(to)).toEqual({ user: 'app', password: 'typed' });
  });
});

it('what a resource does not offer is not made', async () => {
  const to = claims.workgroup({ method: 'temporary', user: 'analyst' });
  await expect(make(to)).rejects.toMatchObject({ code: 'ENGINE_UNSUPPORTED' });
});
