import type { InstanceState, SessionView } from '#contract/people.ts';
import { Card, FrontPage } from '../../components/front-page.tsx';
import { KeysHelp } from './keys-help.tsx';
import styles from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

interface SignInPageProps {
  readonly instance: InstanceState;
  onSignedIn(session: SessionView): void;
}

/** The first page: who may come in, with what, and what becomes of it. */
export function SignInPage({ instance: { claimed, name }, onSignedIn }: SignInPageProps) {
  const lead = claimed
    ? 'Sign in with your AWS keys to work with the databases of this account.'
    : 'Nobody has claimed it yet. The first to sign in binds it to their AWS account and becomes its administrator.';
  return (
    <FrontPage title={claimed ? name : 'Set up this instance'} lead={lead}>
      <Card label="Sign in">
        <SignInForm onSignedIn={onSignedIn} submit={claimed ? 'Sign in' : 'Sign in and claim'} />
        <p className={styles.calm}>
          Your keys are sent once, to this instance in your own account. It keeps none of them: you get a sealed session
          that ends by itself.
        </p>
      </Card>
      <KeysHelp />
    </FrontPage>
  );
}
