/** The statement that opening a table runs. */
import type { EngineInfo } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import { writeCollection } from '../../editor/write-collection.ts';
import { writeName } from '../../grid/sql-names.ts';

interface Naming {
  /** The name of an object as it stands in a statement: quoted only where it must be. */
  name(path: NodePath, engine: EngineInfo, database?: string): string;
  /** Every row, streamed; reading stops where the reader does, and no limit is added. */
  all(name: string, path: NodePath): string;
}

const SQL: Naming = {
  name: (path, { dialect }) =>
    path
      .filter(({ kind }) => kind !== 'database')
      .map(({ name }) => writeName(name, dialect))
      .join('.'),
  all: (name) => `SELECT * FROM ${name};`,
};

/** A collection of another database than the connection's is reached through that one; an index says how it is read. */
const MONGO: Naming = {
  name([database, collection], _engine, connected) {
    const other = database?.name !== connected && database;
    const db = other ? `db.getSiblingDB(${JSON.stringify(other.name)})` : 'db';
    return collection ? writeCollection(collection.name, db) : db;
  },
  all(name, path) {
    const index = path.find(({ kind }) => kind === 'index');
    return `${name}.find({})${index ? `.hint(${JSON.stringify(index.name)})` : ''};`;
  },
};

const NAMINGS: Readonly<Partial<Record<EngineInfo['dialect'], Naming>>> = { mongo: MONGO };
const namingOf = ({ dialect }: EngineInfo): Naming => NAMINGS[dialect] ?? SQL;

/** `database`: the one that the connection is at. */
export const qualifiedName = (path: NodePath, engine: EngineInfo, database?: string): string =>
  namingOf(engine).name(path, engine, database);

export const selectAll = (path: NodePath, engine: EngineInfo, database?: string): string =>
  namingOf(engine).all(qualifiedName(path, engine, database), path);
