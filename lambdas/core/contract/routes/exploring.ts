/** Finding databases, connecting to them, and what they hold. */
import * as z from 'zod';
import { ConnectRequest, TestRecord } from '../connecting.ts';
import { Names, Node, NodePath, ObjectDescription } from '../objects.ts';
import { PermissionRecord } from '../permissions.ts';
import { Assume, Region, ResourcesRecord } from '../resources.ts';
import { type Route, route } from '../route.ts';
import { ConnectionToken, opened, reached } from './common.ts';

export const EXPLORING = {
  permissions: route({
    method: 'POST',
    path: '/api/permissions',
    function: 'explorer',
    summary: 'Which of the optional IAM permissions the own keys have, service by service.',
    audience: 'user',
    needs: ['session.open', 'instance.read', 'users.read'],
    body: z.object({ region: Region }),
    streams: PermissionRecord,
    errors: opened,
  }),
  resources: route({
    method: 'POST',
    path: '/api/resources',
    function: 'explorer',
    summary: "The account's databases, found with the user's own permissions; one record a service and region.",
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.read'],
    // A body, for an external id has no place in a URL, which logs keep.
    body: z.object({
      regions: z.array(Region).min(1).max(40).optional().meta({ description: "Left out: the instance's own regions." }),
      assume: Assume.optional().meta({ description: 'A role to take on first: its account is read.' }),
    }),
    streams: ResourcesRecord,
    errors: [...opened, 'NOT_CLAIMED', 'AWS_DENIED'],
  }),
  connect: route({
    method: 'POST',
    path: '/api/connections',
    function: 'connections',
    summary: 'Try a login at a resource; the answer carries the sealed connection token.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'audit.write'],
    body: ConnectRequest,
    returns: z.object({
      connection: ConnectionToken,
      engine: z.string(),
      version: z.string(),
      user: z.string(),
      database: z.string(),
      readOnly: z.boolean(),
    }),
    status: 201,
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND', 'AUDIT_FAILED'],
  }),
  testConnection: route({
    method: 'POST',
    path: '/api/connections/test',
    function: 'connections',
    summary: 'Try a login at a resource step by step; the answer says of each whether it passed.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter', 'audit.write'],
    body: ConnectRequest,
    streams: TestRecord,
    errors: [...opened, ...reached, 'RESOURCE_NOT_FOUND', 'AUDIT_FAILED'],
  }),
  children: route({
    method: 'POST',
    path: '/api/objects/children',
    function: 'objects',
    summary: 'One level of the object tree.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, path: NodePath }),
    returns: z.object({ nodes: z.array(Node) }),
    errors: [...opened, ...reached, 'OBJECT_NOT_FOUND'],
  }),
  names: route({
    method: 'POST',
    path: '/api/objects/names',
    function: 'objects',
    summary: 'The names of all tables and columns, packed, for completion.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken }),
    returns: Names,
    errors: [...opened, ...reached],
  }),
  describe: route({
    method: 'POST',
    path: '/api/objects/describe',
    function: 'objects',
    summary: 'Columns, keys, indexes, estimates and DDL of one object.',
    audience: 'reader',
    needs: ['session.open', 'instance.read', 'users.read', 'networks.enter'],
    body: z.object({ connection: ConnectionToken, path: NodePath.min(1) }),
    returns: ObjectDescription,
    errors: [...opened, ...reached, 'OBJECT_NOT_FOUND'],
  }),
} as const satisfies Record<string, Route>;
