import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ScriptHead, ScriptSearch } from '#contract/scripts.ts';
import { useStore } from '../../app/store.ts';
import { Field } from '../../components/field.tsx';
import { type Option, SelectField } from '../../components/select-field.tsx';
import { SuggestField } from '../../components/suggest-field.tsx';
import styles from '../pages/list.module.css';
import { PagedTable } from '../pages/paged-table.tsx';
import { useSettled } from '../pages/use-settled.ts';
import { useDesk } from '../workbench/desk.ts';
import { openScript } from './open-script.ts';
import { openScripts } from './open-scripts.ts';
import { sayWhy } from './save-tab.ts';
import { scriptActions } from './script-actions.ts';
import { scriptsLayout } from './script-columns.tsx';
import { suggestTags } from './suggest-tags.ts';

const keyOf = ({ id }: ScriptHead): string => id;
const nameOf = ({ name }: ScriptHead): string => name;

type Whose = ScriptSearch['whose'];
const WHOSE: readonly Option<Whose>[] = [
  { value: 'all', label: 'Mine and shared ones' },
  { value: 'own', label: 'Mine' },
  { value: 'shared', label: 'Shared ones' },
];

/** Scripts of one's own, and those that others share: to open, and to look after. */
export function ScriptsPage() {
  const desk = useDesk();
  const self = useStore(desk.session).user.id;
  const [scripts] = useState(openScripts);
  const state = useStore(scripts.list.state);
  const [text, setText] = useState('');
  const [tag, setTag] = useState<string>();
  const [whose, setWhose] = useState<Whose>('all');
  const [current, setCurrent] = useState<string>();
  const settled = useSettled(text.trim());
  useEffect(
    () => scripts.search({ whose, ...(settled && { text: settled }), ...(tag && { tag }) }),
    [scripts, settled, tag, whose],
  );
  useEffect(() => () => scripts.list.stop(), [scripts]);
  const onOpen = useCallback(
    ({ id }: ScriptHead) => void openScript(desk, id).catch((error: unknown) => sayWhy(desk, error)),
    [desk],
  );
  const actions = useCallback((script: ScriptHead) => scriptActions(desk, script, scripts.list.begin), [desk, scripts]);
  const layout = useMemo(() => scriptsLayout(self), [self]);
  const narrowed = settled !== '' || tag !== undefined || whose !== 'all';
  return (
    <>
      <div className={styles.filters}>
        <div className={styles.text}>
          <Field
            label="Search"
            type="search"
            maxLength={200}
            placeholder="A part of a name, a description, a tag or an owner"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <SuggestField
          label="Tag"
          placeholder="Any"
          chosen={tag}
          find={suggestTags}
          onChoose={(chosen) => setTag(chosen?.value)}
        />
        <SelectField<Whose> label="Whose" value={whose} options={WHOSE} onValue={setWhose} />
      </div>
      <PagedTable
        one="script"
        many="scripts"
        list={scripts.list}
        state={state}
        label="Scripts"
        layout={layout}
        keyOf={keyOf}
        nameOf={nameOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={onOpen}
        actions={actions}
        empty={<Empty narrowed={narrowed} />}
      />
    </>
  );
}

const Empty = ({ narrowed }: { readonly narrowed: boolean }) =>
  narrowed ? (
    <>
      <strong>No script fits.</strong>
      <span>Look for less, or clear the filters.</span>
    </>
  ) : (
    <>
      <strong>There are no scripts yet.</strong>
      <span>Write a statement in a tab and save it there: it stands here from then on, with all its versions.</span>
    </>
  );
