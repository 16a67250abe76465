import { KindInfo } from '@krate/plugin-control-plane-react';

/** What a kind is for, whose objects these are, and whether anything acts on them. */
export function KindLede({ kind }: { kind: KindInfo }) {
  return (
    <>
      {kind.summary}
      {kind.platform && ' Shared by all organizations of this installation.'}
      {isUnattended(kind) &&
        ' No controller is installed for it: objects are kept, and nothing follows from them.'}
    </>
  );
}

/** Whether nothing acts on objects of a kind although their status promises it. */
export function isUnattended(kind: KindInfo): boolean {
  return kind.controllers?.length === 0 && Object.keys(kind.conditions ?? {}).length > 0;
}
