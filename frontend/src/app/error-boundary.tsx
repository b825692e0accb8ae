import { Component, type ReactNode } from 'react';
import { Failure } from './interlude.tsx';

/** Catches what a screen throws while it is drawn, so that nobody ever looks at an empty page. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    // Reloading also fetches the files anew, where an update of the instance has replaced them.
    if (this.state.error !== undefined) return <Failure error={this.state.error} onRetry={() => location.reload()} />;
    return this.props.children;
  }
}
