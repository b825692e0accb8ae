import { type FormEvent, useMemo, useRef, useState } from 'react';
import { PARAMETER_TYPES, type Parameter, type ParameterValues } from '#contract/parameters.ts';
import { useStore } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { useDesk } from '../workbench/desk.ts';
import { declareParameters, parametersOf } from './ask-values.ts';
import styles from './scripts.module.css';
import { firstTyped, problemsOf, type Typed, valuesOf } from './values-form.ts';

interface ValuesDialogProps {
  readonly tabId: string;
  readonly text: string;
  onValues(values: ParameterValues): void;
  onClose(): void;
}

/** Asks for the values of a statement before it runs: those of last time, else the defaults, stand there already. */
export function ValuesDialog({ tabId, text, onValues, onClose }: ValuesDialogProps) {
  const desk = useDesk();
  const tabs = useStore(desk.tabs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is declared of them stands in the tab
  const parameters = useMemo(() => parametersOf(desk, tabId, text), [desk, tabId, text, tabs]);
  const [own, setOwn] = useState<Typed>({});
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const typed = { ...firstTyped(parameters, desk.values.get(tabId)), ...own };
  const problems = tried ? problemsOf(parameters, typed) : {};
  function run(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problemsOf(parameters, typed)).length === 0) onValues(valuesOf(parameters, typed));
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  }
  return (
    <Dialog title="Values for this run" size={460} onClose={onClose}>
      <form ref={form} className={styles.form} onSubmit={run} noValidate>
        {parameters.map((parameter, at) => (
          <ValueField
            key={parameter.name}
            parameter={parameter}
            first={at === 0}
            value={typed[parameter.name] ?? ''}
            problem={problems[parameter.name]}
            onValue={(value) => setOwn((now) => ({ ...now, [parameter.name]: value }))}
          />
        ))}
        <div className={styles.buttons}>
          <Button look="quiet" data-apart="" onClick={() => void declareParameters(desk, tabId)}>
            Types and defaults…
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" icon="play" type="submit">
            Run
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ValueFieldProps {
  readonly parameter: Parameter;
  readonly first: boolean;
  readonly value: string;
  readonly problem: string | undefined;
  onValue(value: string): void;
}

const BOOLEANS = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
];

function ValueField({ parameter, first, value, problem, onValue }: ValueFieldProps) {
  const { name, type, required, description } = parameter;
  const error = problem && `It ${problem}.`;
  if (type === 'boolean')
    return (
      <SelectField
        label={name}
        value={value}
        options={[{ value: '', label: required ? 'Choose…' : 'null' }, ...BOOLEANS]}
        hint={description}
        error={error}
        onValue={onValue}
      />
    );
  const { title, example } = PARAMETER_TYPES[type];
  return (
    <Field
      label={name}
      mono
      optional={!required}
      hint={description ?? (type === 'text' ? undefined : `${title}, such as ${example}`)}
      error={error}
      placeholder={required ? '' : 'null'}
      autoComplete="off"
      inputMode={type === 'integer' ? 'numeric' : type === 'decimal' ? 'decimal' : 'text'}
      value={value}
      data-autofocus={first ? '' : undefined}
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
