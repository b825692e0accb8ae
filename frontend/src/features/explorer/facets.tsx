import { Popover } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { ENGINES, EngineName } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import { SERVICES, Service } from '#contract/resources.ts';
import { useStore } from '../../app/store.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useDesk } from '../workbench/desk.ts';
import styles from './explorer.module.css';
import { FIELDS, type Field, hasTerm, parseFilter, toggleTerm } from './resource-filter.ts';
import { type Facet, facetsOf } from './resource-index.ts';

/** How a value is called on the screen; as it is written where nothing stands here. */
const NAMES: Partial<Record<Field, (value: string) => string>> = {
  service: (value) => SERVICES[Service.safeParse(value).data ?? 'rds'].title,
  engine: (value) => {
    const { data } = EngineName.safeParse(value);
    return data ? ENGINES[data].title : value;
  },
  reach: (value) => REACH_NAMES[value] ?? `through ${value}`,
};
const REACH_NAMES: Record<string, string> = {
  direct: 'directly',
  connector: 'through any connector',
  none: 'not reachable',
};

/** What there is to choose from, counted; each box writes the term that could have been typed. */
export function Facets({ resources }: { resources: readonly Resource[] }) {
  const { explorer } = useDesk();
  const open = useStore(explorer.tree, (tree) => tree.facetsOpen);
  const active = useStore(explorer.tree, (tree) => parseFilter(tree.filter).terms.length);
  const toggle = (facetsOpen: boolean) => explorer.change({ facetsOpen });
  return (
    <Popover
      opened={open}
      onChange={toggle}
      position="right-start"
      offset={14}
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <IconButton
          icon="sliders"
          label="Filter by service, engine, region, status, reach and tags"
          aria-pressed={active > 0}
          onClick={() => toggle(!open)}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.facets ?? ''} aria-label="Filter by">
        {open && <Fields resources={resources} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Fields({ resources }: { resources: readonly Resource[] }) {
  const { explorer } = useDesk();
  const text = useStore(explorer.tree, (tree) => tree.filter);
  const shown = useDeferredValue(text);
  const facets = useMemo(() => facetsOf(resources, parseFilter(shown)), [resources, shown]);
  const filter = parseFilter(text);
  const fields = (Object.keys(FIELDS) as Field[]).filter((field) => facets[field].length > 0);
  return (
    <>
      <div className={styles.facetsHead}>
        <span>Filter by</span>
        <Button
          size="small"
          look="quiet"
          disabled={filter.terms.length === 0}
          onClick={() => explorer.change({ filter: filter.words.join(' ') })}
        >
          Clear all
        </Button>
      </div>
      {fields.map((field) => (
        <fieldset key={field}>
          <legend>{FIELDS[field].title}</legend>
          {facets[field].map((facet) => (
            <FacetBox
              key={facet.value}
              facet={facet}
              checked={hasTerm(filter, facet)}
              onToggle={() => explorer.change({ filter: toggleTerm(text, facet) })}
            />
          ))}
        </fieldset>
      ))}
      {fields.length === 0 && <p>Nothing has been found yet.</p>}
      <p>
        Or type it: <code>region:eu-west-1</code>, <code>tag:team=store</code>
      </p>
    </>
  );
}

function FacetBox({ facet, checked, onToggle }: { facet: Facet; checked: boolean; onToggle(): void }) {
  const { field, value, count } = facet;
  return (
    <label className={styles.facet} title={value}>
      <input type="checkbox" checked={checked} onChange={onToggle} />
      <span>{NAMES[field]?.(value) ?? value}</span>
      <b>{count.toLocaleString('en')}</b>
    </label>
  );
}
