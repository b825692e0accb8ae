import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { call } from '../api.ts';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Failure, Waiting } from './interlude.tsx';
import { loadScreen, type Screen, screenOf } from './start.ts';
import { titleOf } from './title.ts';

const loadWorkbench = () => import('../features/workbench/workbench.tsx');
const Workbench = lazy(() => loadWorkbench().then(({ Workbench }) => ({ default: Workbench })));
const ClaimPage = lazy(() =>
  import('../features/claim/claim-page.tsx').then(({ ClaimPage }) => ({ default: ClaimPage })),
);

/** Decides between signing in, claiming and working, and carries a page from one to the next. */
export function App() {
  const [screen, setScreen] = useState<Screen>();
  const [failure, setFailure] = useState<unknown>();
  const load = useCallback(() => {
    setFailure(undefined);
    setScreen(undefined);
    loadScreen().then(setScreen, setFailure);
  }, []);
  useEffect(load, [load]);
  useEffect(() => {
    // The workbench names its pages itself.
    if (screen?.kind !== 'workbench')
      document.title = screen?.kind === 'sign-in' ? titleOf(screen.instance.name) : 'Lodge';
    // Whoever reads the sign-in page needs the workbench next: it is fetched once the page is quiet.
    if (screen?.kind === 'sign-in') setTimeout(() => void loadWorkbench().catch(() => undefined), 1_500);
  }, [screen]);

  async function signOut() {
    await call('signOut', {}).catch(() => undefined);
    load();
  }
  if (failure !== undefined) return <Failure error={failure} onRetry={load} />;
  if (!screen) return <Waiting />;
  return (
    <ErrorBoundary>
      <Suspense fallback={<Waiting />}>
        {screen.kind === 'sign-in' && (
          <SignInPage instance={screen.instance} onSignedIn={(session) => setScreen(screenOf(session))} />
        )}
        {screen.kind === 'claim' && (
          <ClaimPage
            session={screen.session}
            onClaimed={(session) => setScreen(screenOf(session))}
            onReload={load}
            onSignOut={signOut}
          />
        )}
        {screen.kind === 'workbench' && (
          <Workbench
            // Another user gets another workspace, and nothing of the one before.
            key={screen.session.user.id}
            session={screen.session}
            onSession={(session) => setScreen(screenOf(session))}
            onSignOut={signOut}
          />
        )}
      </Suspense>
    </ErrorBoundary>
  );
}
