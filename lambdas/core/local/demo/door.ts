import type { Gateway } from '../gateway/front-door.ts';
import { startGateway } from '../gateway/start-gateway.ts';
import type { Verifier } from '../gateway/verifier.ts';
import type { Ground } from './demo.ts';

interface Door {
  /** Its port is chosen by this. */
  readonly name: string;
  readonly verifiers: readonly Verifier[];
  /** The databases of the shared server that are seen through it. */
  readonly databases: readonly string[];
}

/** A gateway in front of the PostgreSQL that the demos share. */
export const openDoor = async ({ name, verifiers, databases }: Door, ground: Ground): Promise<Gateway> => {
  const { postgres, certificates, portOf } = ground;
  return startGateway({ server: await postgres, certificates, verifiers, databases, port: portOf(name) });
};
