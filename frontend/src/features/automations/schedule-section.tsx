import { useEffect, useMemo, useState } from 'react';
import { Schedule } from '#contract/automations.ts';
import { call } from '../../api.ts';
import { problemOf } from '../../app/advice.ts';
import { Button } from '../../components/button.tsx';
import { CheckField } from '../../components/check-field.tsx';
import { Field } from '../../components/field.tsx';
import { FieldRow, Section } from '../../components/section.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { useSettled } from '../pages/use-settled.ts';
import { refusedFields } from './automation-form.ts';
import type { SectionProps } from './automation-form-page.tsx';
import styles from './automations.module.css';
import { nextNight, readOnce, writeOnce } from './once.ts';
import { fromNow, SCHEDULE_PRESETS, sayExpression, timeIn } from './schedule-words.ts';

/** When it runs by itself. */
export function ScheduleSection({ form, problems, onChange }: SectionProps) {
  const zones = useMemo(() => {
    const all = new Set(['UTC', form.timeZone, ...Intl.supportedValuesOf('timeZone')]);
    return [...all].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  }, [form.timeZone]);
  const next = useNextTimes(form);
  const once = readOnce(form.expression);
  const problem = problems.expression ?? next.problem;
  return (
    <Section title="When" lead="By a schedule of EventBridge, and whenever somebody starts it.">
      <CheckField
        label="Runs on a schedule"
        checked={form.scheduled}
        onChecked={(scheduled) => onChange({ scheduled })}
      />
      {form.scheduled && (
        <>
          <fieldset className={styles.presets} aria-label="Common schedules">
            {SCHEDULE_PRESETS.map(({ label, expression }) => (
              <Button
                key={label}
                size="small"
                aria-pressed={form.expression === expression}
                onClick={() => onChange({ expression })}
              >
                {label}
              </Button>
            ))}
            <Button
              size="small"
              aria-pressed={once !== undefined}
              onClick={() => once ?? onChange({ expression: writeOnce(nextNight(new Date(), form.timeZone)) })}
            >
              Once
            </Button>
          </fieldset>
          {once && (
            <FieldRow>
              <Field
                label="Day"
                type="date"
                value={once.date}
                error={problem}
                onChange={({ target }) => onChange({ expression: writeOnce({ ...once, date: target.value }) })}
              />
              <Field
                label="Time"
                type="time"
                value={once.time}
                onChange={({ target }) => onChange({ expression: writeOnce({ ...once, time: target.value }) })}
              />
            </FieldRow>
          )}
          <Field
            label="Schedule"
            mono
            value={form.expression}
            error={once ? undefined : problem}
            hint="rate(1 hour), cron(minutes hours day month weekday year), or at(2026-12-01T03:00:00) for once."
            autoComplete="off"
            onChange={({ target }) => onChange({ expression: target.value })}
          />
          <SelectField
            label="Time zone"
            value={form.timeZone}
            options={zones}
            error={problems.timeZone}
            hint={
              form.expression.startsWith('rate') ? 'A rate counts from when it is saved, whatever the zone.' : undefined
            }
            onValue={(timeZone) => onChange({ timeZone })}
          />
          {next.times && next.times.length > 0 && (
            <div className={styles.result}>
              <p className={styles.note}>
                {sayExpression(form.expression)}. {once ? 'It runs then' : 'The next times'}, in {form.timeZone}:
              </p>
              <ol className={styles.times} aria-label="Next times" aria-live="polite">
                {next.times.map((time) => (
                  <li key={time}>
                    {timeIn(time, form.timeZone)} <span>{fromNow(time, new Date())}</span>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </>
      )}
      <CheckField
        label="Paused"
        checked={form.paused}
        hint="It does not run until it is resumed, neither by its schedule nor when it is started."
        onChecked={(paused) => onChange({ paused })}
      />
    </Section>
  );
}

/** What is refused when it is saved. */
const NEVER = 'No such time is to come: it is over, or the clocks leap over it.';

interface Next {
  readonly times?: readonly string[];
  readonly problem?: string | undefined;
}

/** The next five times, asked for once typing has paused. */
function useNextTimes({ scheduled, expression, timeZone }: SectionProps['form']): Next {
  const settled = useSettled(JSON.stringify({ scheduled, expression, timeZone }));
  const [next, setNext] = useState<Next>({});
  useEffect(() => {
    const given = JSON.parse(settled) as { scheduled: boolean; expression: string; timeZone: string };
    if (!given.scheduled) return setNext({});
    const { data, error } = Schedule.safeParse(given);
    if (!data) return setNext({ problem: `It ${error.issues[0]?.message}.` });
    const asking = new AbortController();
    call('scheduleTimes', { body: data }, asking.signal).then(
      ({ times }) => setNext(times.length > 0 ? { times } : { problem: NEVER }),
      (failure: unknown) => {
        if (asking.signal.aborted) return;
        const fields = refusedFields(failure);
        setNext({ problem: fields.expression ?? fields.timeZone ?? problemOf(failure).message });
      },
    );
    return () => asking.abort();
  }, [settled]);
  return next;
}
