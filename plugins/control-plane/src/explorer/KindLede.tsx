import { KindInfo, lacksController } from '@krate/plugin-control-plane-react';

/** What a kind is for, whose objects these are, and whether anything acts on them. */
export function KindLede({ kind }: { kind: KindInfo }) {
  return (
    <>
      {kind.summary}
      {kind.platform && ' Shared by all organizations of this installation.'}
      {lacksController(kind) &&
        ' No controller is installed for it: objects are kept, and nothing follows from them.'}
    </>
  );
}
