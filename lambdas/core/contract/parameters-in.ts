/** Where a text names parameters, whatever it is written in. */
import type { EngineInfo } from './engines.ts';
import { mongoParameters } from './mongo/parameters.ts';
import { type ParameterUse, sqlParameters } from './sql/parameters.ts';
import { SQL_DIALECTS } from './sql/split.ts';

/** Every use, in the order of the text: a name that is used twice stands there twice. */
export const parametersIn = (text: string, dialect: EngineInfo['dialect']): ParameterUse[] =>
  dialect === 'mongo' ? mongoParameters(text) : sqlParameters(text, SQL_DIALECTS[dialect]);
