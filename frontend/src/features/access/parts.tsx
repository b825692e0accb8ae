import { Fragment } from 'react';
import type { Part } from './access-form.ts';

/** A sentence with patterns in it, set as code. */
export function Parts({ parts }: { readonly parts: readonly Part[] }) {
  return parts.map(({ text, code }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence stay in their order
    <Fragment key={at}>
      {at > 0 && ' '}
      {text}
      {code !== undefined && (
        <>
          {' '}
          <code>{code || '…'}</code>
        </>
      )}
    </Fragment>
  ));
}
