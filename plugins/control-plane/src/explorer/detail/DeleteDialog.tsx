import { useApi } from '@backstage/core-plugin-api';
import {
  ConfirmByName,
  DeleteOptions,
  groupRelations,
  KindInfo,
  krateApiRef,
  pathOf,
  RelatedObject,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useEffect, useState } from 'react';

type Policy = NonNullable<DeleteOptions['propagationPolicy']>;

const POLICIES: Record<Policy, string> = {
  Background: 'Delete them after it',
  Foreground: 'Delete them first, then it',
  Orphan: 'Keep them, without an owner',
};

/** Deletes an object after its name was typed; says what goes with it and what the deletion waits for. */
export function DeleteDialog({
  kind,
  object,
  onClose,
}: {
  kind: KindInfo;
  object: Resource;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const { namespace, name, finalizers = [] } = object.metadata;
  const [policy, setPolicy] = useState<Policy>('Background');
  const related = useRelated(kind, object);
  return (
    <ConfirmByName
      open
      name={name}
      title={`Delete ${kind.kind} ${name}`}
      action={`Delete ${kind.kind}`}
      onClose={onClose}
      onConfirm={() => api.delete(kind, namespace, name, { propagationPolicy: policy })}
    >
      <p style={{ marginTop: 0 }}>This cannot be undone.</p>
      {finalizers.length > 0 && (
        <p>
          It is gone once {finalizers.length === 1 ? 'this has' : 'these have'} finished:{' '}
          <strong>{finalizers.join(', ')}</strong>.
        </p>
      )}
      {related && related.referred.length > 0 && (
        <p>
          Still referred to by {namesOf(related.referred)}; {related.referred.length === 1 ? 'it' : 'they'}{' '}
          will refer to nothing.
        </p>
      )}
      {related && related.owned.length > 0 && (
        <Box sx={{ mt: 1 }}>
          <FormLabel id="propagation" sx={{ fontSize: 14 }}>
            It owns {namesOf(related.owned)}
          </FormLabel>
          <RadioGroup
            aria-labelledby="propagation"
            value={policy}
            onChange={event => setPolicy(event.target.value as Policy)}
          >
            {(Object.keys(POLICIES) as Policy[]).map(value => (
              <FormControlLabel
                key={value}
                value={value}
                control={<Radio size="small" sx={{ py: 0.5 }} />}
                label={POLICIES[value]}
              />
            ))}
          </RadioGroup>
        </Box>
      )}
    </ConfirmByName>
  );
}

const NAMED = 3;

function namesOf(related: readonly RelatedObject[]): string {
  const named = related.slice(0, NAMED).map(({ node }) => `${node.kind} ${node.name}`);
  const more = related.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Who depends on the object. Without an answer the dialog says less, and deletes all the same. */
function useRelated(kind: KindInfo, { metadata }: Resource) {
  const api = useApi(krateApiRef);
  const [related, setRelated] = useState<ReturnType<typeof groupRelations>>();
  const { namespace, name } = metadata;
  useEffect(() => {
    let current = true;
    api
      .request(`${pathOf(kind, namespace, name)}/relations`)
      .then(response => response.json())
      .then(
        found => current && setRelated(groupRelations(found)),
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [api, kind, namespace, name]);
  return related;
}
