import { SERVICES, type Service } from '#contract/resources.ts';
import type { Cell, Discovery } from './discovery.ts';
import styles from './explorer.module.css';

const SAYS: Record<Cell['status'], string> = {
  waiting: 'asked, no answer yet',
  ok: 'answered',
  denied: 'not allowed',
  failed: 'failed',
  throttled: 'asked to slow down',
  timeout: 'no answer in time',
  disabled: 'not there',
  cut: 'not answered',
};

/** Service by region, one cell each, filled as the answers arrive. */
export function DiscoveryProgress({ discovery: { cells, resources, state } }: { discovery: Discovery }) {
  const answered = cells.filter((cell) => cell.status !== 'waiting').length;
  const regions = [...new Set(cells.map((cell) => cell.region))];
  const services = [...new Set(cells.map((cell) => cell.service))] as Service[];
  const found = `${resources.length} ${resources.length === 1 ? 'resource' : 'resources'}`;
  const said = state === 'running' ? `${answered} of ${cells.length} answered, ${found}` : `${found} found`;
  if (cells.length === 0) return null;
  return (
    <details className={styles.progress} data-state={state}>
      <summary>
        <span className={styles.bar} aria-hidden="true">
          {cells.map((cell) => (
            <i key={`${cell.service} ${cell.region}`} data-status={cell.status} />
          ))}
        </span>
        <span role="status">{said}</span>
      </summary>
      <table className={styles.matrix}>
        <caption className="visually-hidden">What each service answered in each region</caption>
        <thead>
          <tr>
            <td />
            {services.map((service) => (
              <th key={service} scope="col">
                {SERVICES[service].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {regions.map((region) => (
            <tr key={region}>
              <th scope="row">{region}</th>
              {services.map((service) => (
                <MatrixCell
                  key={service}
                  cell={cells.find((one) => one.service === service && one.region === region)}
                  count={resources.filter((one) => one.service === service && one.region === region).length}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function MatrixCell({ cell, count }: { cell: Cell | undefined; count: number }) {
  if (!cell) return <td />;
  const says = SAYS[cell.status];
  return (
    <td>
      <span className={styles.cell} data-status={cell.status} title={says}>
        <i data-status={cell.status} aria-hidden="true" />
        {cell.status === 'ok' ? count : says}
      </span>
    </td>
  );
}
