import { PARAMETER_TYPES, type Parameter } from '#contract/parameters.ts';
import type { Script } from '#contract/scripts.ts';
import { call } from '../../api.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Section } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { SuggestField, type Suggestion } from '../../components/suggest-field.tsx';
import { openScript } from '../scripts/open-script.ts';
import { sayWhy } from '../scripts/save-tab.ts';
import { firstTyped } from '../scripts/values-form.ts';
import { useDesk } from '../workbench/desk.ts';
import type { SectionProps } from './automation-form-page.tsx';

interface ScriptSectionProps extends SectionProps {
  /** The version that is pinned; undefined until it was read. */
  readonly script: Script | undefined;
  readonly newest: Script | undefined;
  onChosen(script: Script): void;
}

async function findScripts(text: string, signal: AbortSignal): Promise<Suggestion[]> {
  const { scripts } = await call('scripts', { body: { limit: 12, ...(text && { text }) } }, signal);
  return scripts.map(({ id, name, version, owner }) => ({
    value: id,
    label: name,
    detail: `version ${version}, by ${owner.name}`,
  }));
}

/** What runs: a script as it is now, and stays even where somebody saves a newer version. */
export function ScriptSection({ form, problems, script, newest, onChange, onChosen }: ScriptSectionProps) {
  const desk = useDesk();
  const choose = (chosen: Suggestion | undefined) => {
    if (!chosen) return onChange({ scriptId: '' });
    void call('script', { body: { id: chosen.value } }).then(onChosen, (error: unknown) => sayWhy(desk, error));
  };
  const isOlder = newest !== undefined && newest.version > form.version;
  return (
    <Section
      title="What runs"
      lead="One version of a saved script: nobody changes what its role runs by saving another."
    >
      <SuggestField
        label="Script"
        placeholder="A part of its name"
        chosen={form.scriptId ? `${script?.name ?? form.scriptId}, version ${form.version}` : undefined}
        error={problems.scriptId}
        find={findScripts}
        onChoose={choose}
      />
      {isOlder && (
        <Notice
          tone="warning"
          title={`Version ${newest.version} exists.`}
          actions={
            <>
              <Button
                size="small"
                onClick={() => void openScript(desk, newest.id).catch((error: unknown) => sayWhy(desk, error))}
              >
                Look at it
              </Button>
              <Button
                size="small"
                onClick={() =>
                  onChange({
                    version: newest.version,
                    values: { ...firstTyped(newest.parameters), ...form.values },
                  })
                }
              >
                Take it over
              </Button>
            </>
          }
        />
      )}
      <Field
        label="Name"
        value={form.name}
        maxLength={120}
        error={problems.name}
        autoComplete="off"
        onChange={({ target }) => onChange({ name: target.value })}
      />
      {script?.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={form.values[parameter.name] ?? ''}
          error={problems[`values.${parameter.name}`]}
          onValue={(value) => onChange({ values: { ...form.values, [parameter.name]: value } })}
        />
      ))}
    </Section>
  );
}

interface ParameterFieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  readonly error: string | undefined;
  onValue(value: string): void;
}

function ParameterField({ parameter, value, error, onValue }: ParameterFieldProps) {
  const { name, type, required, description } = parameter;
  if (type === 'boolean')
    return (
      <SelectField
        label={`:${name}`}
        value={value}
        options={['', 'true', 'false'].map((one) => ({ value: one, label: one || (required ? 'Choose…' : 'null') }))}
        hint={description}
        error={error}
        onValue={onValue}
      />
    );
  const { title, example } = PARAMETER_TYPES[type];
  return (
    <Field
      label={`:${name}`}
      mono
      optional={!required}
      hint={description ?? (type === 'text' ? undefined : `${title}, such as ${example}`)}
      error={error}
      autoComplete="off"
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  );
}
