import { MONOSPACE } from '@krate/plugin-control-plane-react';
import { Fragment } from 'react';

/** A sentence whose `backticked` parts are shown as code; nothing else in it has a meaning. */
export function InlineCode({ text }: { text: string }) {
  return (
    <>
      {text.split('`').map((part, index) =>
        index % 2 ? (
          <code key={index} style={{ fontFamily: MONOSPACE, fontSize: '0.92em' }}>
            {part}
          </code>
        ) : (
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </>
  );
}
