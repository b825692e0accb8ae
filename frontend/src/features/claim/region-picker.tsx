import { useId, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import styles from './claim.module.css';
import { matchRegions, REGION_NAMES } from './regions.ts';

interface RegionPickerProps {
  readonly available: readonly string[];
  readonly chosen: readonly string[];
  readonly error?: string | undefined;
  onChange(regions: string[]): void;
}

/** A list of regions to tick, with a filter above it; what is chosen stays in sight below. */
export function RegionPicker({ available, chosen, error, onChange }: RegionPickerProps) {
  const id = useId();
  const [filter, setFilter] = useState('');
  const shown = matchRegions(available, filter);
  const toggle = (region: string) =>
    onChange(chosen.includes(region) ? chosen.filter((one) => one !== region) : [...chosen, region]);
  return (
    <fieldset className={styles.regions} aria-describedby={error ? `${id}-error ${id}-hint` : `${id}-hint`}>
      <legend>Regions</legend>
      <div className={styles.filter}>
        <Icon name="search" size={14} />
        <input
          type="search"
          aria-label="Filter the regions"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder="Filter: frankfurt, eu-west…"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <output>{chosen.length} chosen</output>
      </div>
      <ul className={styles.list}>
        {shown.map((region) => (
          <li key={region}>
            <label>
              <input type="checkbox" checked={chosen.includes(region)} onChange={() => toggle(region)} />
              <span>{REGION_NAMES[region]}</span>
              <code>{region}</code>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className={styles.none}>No region is called that.</li>}
      </ul>
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <p id={`${id}-hint`} className={styles.hint}>
        Lodge looks for databases in these. Each user sees only what their own keys may list.
      </p>
    </fieldset>
  );
}
