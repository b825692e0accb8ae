import { useId } from 'react';
import type { Endpoint } from '#contract/resources.ts';
import { endpointName } from '../explorer/resource-content.tsx';
import styles from './connect.module.css';

interface EndpointPickerProps {
  readonly endpoints: readonly Endpoint[];
  /** The host; empty for the first. */
  readonly value: string;
  onValue(host: string): void;
}

/** Which of a cluster's endpoints to use. One endpoint is no choice, and is not shown. */
export function EndpointPicker({ endpoints, value, onValue }: EndpointPickerProps) {
  const id = useId();
  const [first] = endpoints;
  if (!first || endpoints.length < 2) return null;
  const chosen = endpoints.find(({ host }) => host === value) ?? first;
  return (
    <div className={styles.select}>
      <label htmlFor={id}>Endpoint</label>
      <select
        id={id}
        value={chosen.host}
        onChange={({ target }) => onValue(target.value === first.host ? '' : target.value)}
        aria-describedby={`${id}-hint`}
      >
        {endpoints.map((endpoint) => (
          <option key={endpoint.host} value={endpoint.host}>
            {optionText(endpoint)}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className={styles.hint}>
        <code>
          {chosen.host}:{chosen.port}
        </code>
      </p>
    </div>
  );
}

function optionText(endpoint: Endpoint): string {
  const name = endpointName(endpoint);
  return `${name[0]?.toUpperCase()}${name.slice(1)}${endpoint.readOnly ? ' (read-only)' : ''}`;
}
