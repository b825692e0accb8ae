import { useId } from 'react';
import type { LoginMethod } from '#contract/engines.ts';
import { loginOffers } from '#contract/login-offers.ts';
import type { Resource } from '#contract/resources.ts';
import styles from './connect.module.css';
import { LOGIN_HINTS } from './login-offers.ts';

interface LoginPickerProps {
  readonly resource: Resource;
  readonly method: LoginMethod;
  onMethod(method: LoginMethod): void;
}

/** How to log in: one of what the engine knows. What cannot work here stays in sight and says why. */
export function LoginPicker({ resource, method, onMethod }: LoginPickerProps) {
  const id = useId();
  const offers = loginOffers(resource);
  const refusals = offers.flatMap(({ refusal }) => (refusal ? [refusal] : []));
  return (
    <fieldset className={styles.logins} aria-describedby={`${id}-hint`}>
      <legend>Log in with</legend>
      <div className={styles.segments}>
        {offers.map((offer) => (
          <label key={offer.method} data-disabled={offer.refusal ? '' : undefined}>
            <input
              type="radio"
              name={id}
              checked={method === offer.method}
              disabled={offer.refusal !== undefined}
              onChange={() => onMethod(offer.method)}
            />
            {offer.title}
          </label>
        ))}
      </div>
      <p id={`${id}-hint`} className={styles.hint}>
        {LOGIN_HINTS[method]} {refusals.join(' ')}
      </p>
    </fieldset>
  );
}
