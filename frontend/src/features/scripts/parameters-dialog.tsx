import { type FormEvent, useState } from 'react';
import {
  PARAMETER_LIMIT,
  PARAMETER_TYPES,
  type Parameter,
  Parameters,
  type ParameterType,
} from '#contract/parameters.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import styles from './scripts.module.css';
import { defaultProblem } from './values-form.ts';

interface ParametersDialogProps {
  readonly parameters: readonly Parameter[];
  onDeclared(parameters: Parameter[]): void;
  onClose(): void;
}

/** What each parameter of a text is: its type, whether it needs a value, and which one it has where none is given. */
export function ParametersDialog({ parameters: first, onDeclared, onClose }: ParametersDialogProps) {
  const [parameters, setParameters] = useState(first);
  const [tried, setTried] = useState(false);
  const problems = parameters.map(defaultProblem);
  const [whole] = Parameters.safeParse(parameters).error?.issues ?? [];
  const change = (at: number, next: Parameter) => setParameters((all) => all.with(at, next));
  function declare(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!problems.some(Boolean) && !whole) onDeclared([...parameters]);
  }
  return (
    <Dialog title="Parameters" size={680} onClose={onClose}>
      <form className={styles.form} onSubmit={declare}>
        <p className={styles.says}>
          Each <code>:name</code> in the text is handed to the database as a value, never as a part of the statement.
        </p>
        <div className={styles.parameters}>
          {parameters.map((parameter, at) => (
            <ParameterRow
              key={parameter.name}
              parameter={parameter}
              problem={tried ? problems[at] : undefined}
              first={at === 0}
              onChange={(next) => change(at, next)}
            />
          ))}
        </div>
        {tried && whole && !problems.some(Boolean) && <p role="alert">A parameter {whole.message}.</p>}
        <div className={styles.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Keep
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ParameterRowProps {
  readonly parameter: Parameter;
  readonly problem: string | undefined;
  /** Where the keyboard begins. */
  readonly first: boolean;
  onChange(parameter: Parameter): void;
}

function ParameterRow({ parameter, problem, first, onChange }: ParameterRowProps) {
  const { name, type, required, description = '' } = parameter;
  const { default: _, description: __, ...bare } = parameter;
  const otherwise = parameter.default ?? '';
  return (
    <fieldset className={styles.parameter} aria-label={name}>
      <code title={name}>:{name}</code>
      <select
        aria-label={`Type of ${name}`}
        data-autofocus={first ? '' : undefined}
        className={styles.input}
        value={type}
        onChange={({ target }) => onChange({ ...parameter, type: target.value as ParameterType })}
      >
        {Object.entries(PARAMETER_TYPES).map(([key, { title }]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      <input
        aria-label={`Default of ${name}`}
        className={styles.input}
        placeholder={type === 'text' ? 'Default' : `Default, such as ${PARAMETER_TYPES[type].example}`}
        spellCheck={false}
        autoComplete="off"
        maxLength={PARAMETER_LIMIT}
        aria-invalid={problem ? true : undefined}
        value={otherwise}
        onChange={({ target }) =>
          onChange({
            ...bare,
            ...(target.value !== '' && { default: target.value }),
            ...(description && { description }),
          })
        }
      />
      <label className={styles.needed}>
        <input
          type="checkbox"
          checked={required}
          aria-label={`${name} needs a value`}
          onChange={({ target }) => onChange({ ...parameter, required: target.checked })}
        />
        needed
      </label>
      <span className={styles.wide}>
        <input
          aria-label={`Description of ${name}`}
          className={styles.input}
          placeholder="What it is, for whoever fills it in"
          maxLength={300}
          value={description}
          onChange={({ target }) =>
            onChange({
              ...bare,
              ...(otherwise !== '' && { default: otherwise }),
              ...(target.value && { description: target.value }),
            })
          }
        />
      </span>
      {problem && <p className={styles.problem}>Its default {problem}.</p>}
    </fieldset>
  );
}
