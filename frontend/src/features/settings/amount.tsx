import { NumberField } from '../../components/number-field.tsx';
import { AMOUNTS, type AmountField, type Problems, type SettingsForm } from './settings-form.ts';

export interface AmountsProps {
  readonly form: SettingsForm;
  /** What is to be said now; a field that is being typed into says nothing yet. */
  readonly problems: Problems;
  onChange(change: Partial<SettingsForm>): void;
  /** Somebody has left the field. */
  onLeave(field: keyof SettingsForm): void;
}

/** One of the numbers among the settings, as the table says it is called and chosen. */
export function Amount({ field, form, problems, onChange, onLeave }: AmountsProps & { readonly field: AmountField }) {
  const { title, unit, hint, presets } = AMOUNTS[field];
  return (
    <NumberField
      label={title}
      name={field}
      unit={unit}
      hint={hint}
      value={form[field]}
      error={problems[field]}
      {...(presets && { presets })}
      onValue={(value) => onChange({ [field]: value })}
      onBlur={() => onLeave(field)}
    />
  );
}
