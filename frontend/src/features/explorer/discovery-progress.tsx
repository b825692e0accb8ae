import { useMemo, useState } from 'react';
import { SERVICES } from '#contract/resources.ts';
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

/** How far the search is, service by service and region by region; the regions one by one on demand. */
export function DiscoveryProgress({ discovery }: { discovery: Discovery }) {
  const { cells, resources, state } = discovery;
  const [open, setOpen] = useState(false);
  const answered = cells.filter((cell) => cell.status !== 'waiting').length;
  const found = `${resources.length.toLocaleString('en')} ${resources.length === 1 ? 'resource' : 'resources'}`;
  const said = state === 'running' ? `${answered} of ${cells.length} answered, ${found}` : `${found} found`;
  if (cells.length === 0) return null;
  return (
    <details
      className={styles.progress}
      data-state={state}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <Bar cells={cells} />
        <span role="status">{said}</span>
      </summary>
      {open && <RegionTable discovery={discovery} />}
    </details>
  );
}

const Bar = ({ cells }: { cells: readonly Cell[] }) => (
  <span className={styles.bar} aria-hidden="true">
    {cells.map((cell) => (
      <i key={`${cell.service} ${cell.region}`} data-status={cell.status} />
    ))}
  </span>
);

/** What each region has answered: what is there first, then what is missing. */
function RegionTable({ discovery: { cells, resources } }: { discovery: Discovery }) {
  const regions = useMemo(() => [...Map.groupBy(cells, ({ region }) => region)], [cells]);
  const counts = useMemo(() => {
    const byPlace = Map.groupBy(resources, ({ service, region }) => `${service} ${region}`);
    return new Map([...byPlace].map(([place, all]) => [place, all.length]));
  }, [resources]);
  return (
    <table className={styles.matrix}>
      <caption className="visually-hidden">What each region has answered</caption>
      <tbody>
        {regions.map(([region, asked]) => (
          <tr key={region}>
            <th scope="row">{region}</th>
            <td>
              <Bar cells={asked} />
              <RegionWords cells={asked} counts={counts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RegionWords({ cells, counts }: { cells: readonly Cell[]; counts: ReadonlyMap<string, number> }) {
  const found = cells.flatMap(({ service, region }) => {
    const count = counts.get(`${service} ${region}`) ?? 0;
    return count > 0 ? [`${SERVICES[service].title} ${count.toLocaleString('en')}`] : [];
  });
  const missing = [...Map.groupBy(cells, ({ status }) => status)].flatMap(([status, those]) =>
    status === 'ok' ? [] : [`${those.length} ${SAYS[status]}`],
  );
  return <span>{[found.join(', ') || 'nothing found', ...missing].join(' · ')}</span>;
}
