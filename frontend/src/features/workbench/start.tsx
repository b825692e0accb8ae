import { ENGINES } from '#contract/engines.ts';
import { useStore } from '../../app/store.ts';
import { commandOf, run } from '../../commands/commands.ts';
import { Keys } from '../../commands/picker.tsx';
import { Button } from '../../components/button.tsx';
import { arrange } from '../explorer/arrange.ts';
import { useDesk } from './desk.ts';
import { connectTo } from './desk-actions.ts';
import styles from './workbench.module.css';

/** As many resources as fit without a scroll: the rest stands on the left. */
const OFFERED = 4;
const SHORTCUTS = ['palette', 'tab.new', 'page.scripts', 'page.history', 'pane.explorer', 'shortcuts'] as const;

const SAYS = {
  ready: {
    title: 'Open a database',
    text: 'Choose one of these, or any on the left. With IAM you need no password.',
  },
  looking: {
    title: 'Looking for databases…',
    text: 'What your keys may list appears on the left, region by region.',
  },
  nothing: {
    title: 'Nothing to open',
    text: 'Your keys see no database that Lodge can open. The left side says what could not be listed, and why.',
  },
} as const;

/** No tab is open: the next step, in the order in which people take it. */
export function Start() {
  const desk = useDesk();
  const { resources, state } = useStore(desk.explorer.discovery);
  // A cluster stands for its instances.
  const listed = arrange(resources).flatMap((place) => place.resources);
  const ready = listed.filter(({ engine, reach }) => engine && ENGINES[engine].ready && reach?.way !== 'none');
  const said = SAYS[ready.length > 0 ? 'ready' : state === 'running' ? 'looking' : 'nothing'];
  return (
    <div className={styles.start}>
      <h2>{said.title}</h2>
      <p>{said.text}</p>
      {ready.length > 0 && (
        <ul>
          {ready.slice(0, OFFERED).map((resource) => (
            <li key={resource.id}>
              <Button icon="plug" onClick={() => void connectTo(desk, { resource })}>
                {resource.name}
                <span className={styles.where}>{resource.region}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <dl>
        {SHORTCUTS.map(commandOf).map((command) => (
          <div key={command.name}>
            <dt>
              <button type="button" onClick={() => run(command, desk)}>
                {command.label}
              </button>
            </dt>
            <dd>{command.keys && <Keys keys={command.keys} />}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
