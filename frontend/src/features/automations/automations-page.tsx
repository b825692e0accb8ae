import { useCallback, useEffect, useState } from 'react';
import type { Automation } from '#contract/automations.ts';
import { useStore } from '../../app/store.ts';
import type { Action } from '../../components/action-menu.tsx';
import { Button } from '../../components/button.tsx';
import { PagedTable } from '../pages/paged-table.tsx';
import { useDesk } from '../workbench/desk.ts';
import { automationsLayout } from './automation-columns.tsx';
import { AutomationForm } from './automation-form-page.tsx';
import styles from './automations.module.css';
import { deleteAutomation, runNow, setPaused } from './deeds.ts';
import { OneAutomation } from './one-automation.tsx';
import { openAutomations } from './open-automations.ts';
import { useRenewal } from './use-renewal.ts';
import { useView } from './use-view.ts';
import type { View } from './view.ts';

/** Scripts that run without anybody: all of them, one with its runs, or the form that makes one. */
export function AutomationsPage() {
  const [view, go] = useView();
  if (view.kind === 'list') return <AutomationList onGo={go} />;
  if (view.kind === 'one') return <OneAutomation key={view.id} id={view.id} onGo={go} />;
  return <AutomationForm key={JSON.stringify(view)} view={view} onGo={go} />;
}

const keyOf = ({ id }: Automation): string => id;
const nameOf = ({ name }: Automation): string => name;
const isRunning = ({ lastRun }: Automation): boolean => lastRun?.state === 'running';

function AutomationList({ onGo }: { onGo(view: View): void }) {
  const desk = useDesk();
  const [automations] = useState(openAutomations);
  const state = useStore(automations.list.state);
  const ground = useStore(automations.ground);
  const [current, setCurrent] = useState<string>();
  const { begin, put } = automations.list;
  useEffect(() => {
    begin();
    return () => automations.list.stop();
  }, [automations, begin]);
  useRenewal(state.rows.some(isRunning), automations.renew);
  const mayAutomate = ground?.mayAutomate ?? false;
  const actions = useCallback(
    (automation: Automation): Action[] => {
      const { id, paused } = automation;
      const look = { label: 'Runs and results', perform: () => onGo({ kind: 'one', id }) };
      if (!mayAutomate) return [look];
      return [
        look,
        ...(paused
          ? []
          : [
              {
                label: 'Run now',
                perform: () => void runNow(desk, automation).then((begun) => begun && onGo({ kind: 'one', id })),
              },
            ]),
        { label: 'Change…', perform: () => onGo({ kind: 'change', id }) },
        {
          label: paused ? 'Resume' : 'Pause',
          perform: () => void setPaused(desk, automation, !paused).then((saved) => (saved ? put(saved) : begin())),
        },
        {
          label: 'Delete…',
          grave: true,
          perform: () => void deleteAutomation(desk, automation).then((gone) => gone && begin()),
        },
      ];
    },
    [desk, mayAutomate, onGo, put, begin],
  );
  return (
    <>
      {mayAutomate && (
        <div className={styles.tools}>
          <Button look="primary" icon="plus" onClick={() => onGo({ kind: 'make' })}>
            New automation
          </Button>
        </div>
      )}
      <PagedTable
        one="automation"
        many="automations"
        list={automations.list}
        state={state}
        label="Automations"
        layout={automationsLayout}
        keyOf={keyOf}
        nameOf={nameOf}
        current={current}
        onCurrent={setCurrent}
        onOpen={({ id }) => onGo({ kind: 'one', id })}
        opensByClick
        actions={actions}
        empty={ground && <Empty mayAutomate={mayAutomate} roles={ground.roles.length} />}
      />
    </>
  );
}

function Empty({ mayAutomate, roles }: { readonly mayAutomate: boolean; readonly roles: number }) {
  return (
    <>
      <strong>Nothing is automated yet.</strong>
      <span>
        {roles === 0
          ? 'Save a script first. Then an administrator allows a role under Settings, Automation: it alone decides what a run may reach.'
          : mayAutomate
            ? 'Save a script, then choose here where it runs, with which role, and when.'
            : 'An administrator of this instance decides who may automate.'}
      </span>
    </>
  );
}
