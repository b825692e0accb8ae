/** The statement that opening a table runs. */
import type { EngineInfo } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import { writeName } from '../../grid/sql-names.ts';

/** The name of an object with its schema, as it stands in a statement: quoted only where it must be. */
export const qualifiedName = (path: NodePath, engine: EngineInfo): string =>
  path
    .filter(({ kind }) => kind !== 'database')
    .map(({ name }) => writeName(name, engine.dialect))
    .join('.');

/** Every row and column, streamed; reading stops where the reader does, and no LIMIT is added. */
export const selectAll = (path: NodePath, engine: EngineInfo): string =>
  `SELECT * FROM ${qualifiedName(path, engine)};`;
