import { AppError } from '#contract/errors.ts';
import type { Network } from '../networks/network.ts';
import type { Connector } from './connector.ts';
import { type CallConnector, remote } from './remote.ts';

interface Parts {
  /** This process. */
  readonly here: Connector;
  readonly networks: readonly Network[];
  /** How the function of a network's connector is called. */
  readonly call: (network: string, connector: string) => CallConnector;
  readonly authorities: (() => string) | undefined;
}

/** The connector of the network that is named; this process where none is. Each is made when first asked for. */
export function chooseConnector({ here, networks, call, authorities }: Parts) {
  const made = new Map<string, Connector>();
  const make = (name: string): Connector => {
    const network = networks.find((each) => each.name === name);
    // The connection was sealed before the instance was deployed anew.
    if (!network)
      throw new AppError('CONNECTION_INVALID', { message: `There is no network “${name}” any more. Connect again.` });
    const connector = remote({ network: name, call: call(name, network.connector), authorities });
    made.set(name, connector);
    return connector;
  };
  return (name: string | undefined): Connector => (name === undefined ? here : (made.get(name) ?? make(name)));
}
