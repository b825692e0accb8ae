import { NOTIFY, OUTPUT_FORMATS } from '#contract/automations.ts';
import { Field } from '../../components/field.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { FieldRow, Section } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import type { AutomationForm } from './automation-form.ts';
import type { SectionProps } from './automation-form-page.tsx';
import styles from './automations.module.css';
import { keyPreview } from './run-words.ts';

const FORMATS = Object.entries(OUTPUT_FORMATS).map(([value, { title }]) => ({
  value: value as AutomationForm['format'],
  label: title,
}));
const TOLD = Object.entries(NOTIFY).map(([value, label]) => ({ value: value as AutomationForm['notify'], label }));

/** What becomes of the rows, how many they may be, and who is told. */
export function OutputSection({ form, problems, ground, onChange }: SectionProps) {
  const { extension } = OUTPUT_FORMATS[form.format];
  return (
    <Section title="Result" lead="The rows of the script’s last statement, written to the bucket of this instance.">
      <FieldRow>
        <SelectField
          label="Format"
          value={form.format}
          options={FORMATS}
          error={problems.format}
          onValue={(format) => onChange({ format })}
        />
        <Field
          label="Folder"
          optional
          mono
          value={form.prefix}
          error={problems.prefix}
          placeholder="nightly/orders"
          autoComplete="off"
          onChange={({ target }) => onChange({ prefix: target.value })}
        />
      </FieldRow>
      <p className={styles.note}>
        <code>{keyPreview(ground.bucket, form.prefix, extension)}</code>
      </p>
      <FieldRow>
        <NumberField
          label="Rows at most"
          optional
          unit="rows"
          value={form.rows}
          error={problems.rows}
          onValue={(rows) => onChange({ rows })}
        />
        <NumberField
          label="Seconds at most"
          optional
          unit="seconds"
          value={form.seconds}
          error={problems.seconds}
          onValue={(seconds) => onChange({ seconds })}
        />
      </FieldRow>
      {ground.notifies ? (
        <SelectField
          label="Who is told"
          value={form.notify}
          options={TOLD}
          onValue={(notify) => onChange({ notify })}
        />
      ) : (
        <p className={styles.note}>
          Nobody is told of its runs: this instance has no topic that tells people. Whoever deploys it gives it one.
        </p>
      )}
    </Section>
  );
}
