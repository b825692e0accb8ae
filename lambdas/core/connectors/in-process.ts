import { ENGINES, type EngineName } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { Engine } from '../engines/engine.ts';
import type { Connector } from './connector.ts';
import { perform } from './perform.ts';
import { probe } from './probe.ts';

interface Parts {
  readonly engines: Partial<Record<EngineName, Engine>>;
  /** The PEM of the authorities that sign databases' certificates; read when first needed. */
  readonly authorities: () => string;
}

/** The engines in this process: a public endpoint, the local mode, tests, and the inside of a connector. */
export const inProcess = ({ engines, authorities }: Parts): Connector => ({
  opensFirst: true,
  async *perform({ engine: name, target, login, readOnly, work }, signal) {
    const engine = engines[name];
    if (!engine) throw unsupported(name);
    const place = { ...target, ca: target.ca ?? authorities() };
    const connect = () => engine.connect(place, login, { readOnly, signal });
    if (work.do === 'probe') yield* probe(place, connect, signal);
    else yield* perform(await connect(), work, signal);
  },
});

export const unsupported = (engine: EngineName): AppError =>
  new AppError('ENGINE_UNSUPPORTED', { message: `Lodge cannot open ${ENGINES[engine].title} yet.` });
