import {
  ConditionList,
  CopyField,
  EventList,
  explorerPath,
  Facts,
  KindInfo,
  kubectlLine,
  Link,
  ObjectValues,
  RelativeTime,
  Section,
  useKinds,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { Condition, isObject, Resource, StructuralSchema } from '@krate/resource-model';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** Noise to people: kubectl's copy of what it applied. */
const QUIET_ANNOTATIONS = ['kubectl.kubernetes.io/last-applied-configuration'];

/** What is wanted and what was observed; beside it conditions, events and identity. */
export function OverviewPart({ kind, object }: { kind: KindInfo; object: Resource }) {
  const status = (object.status ?? {}) as Record<string, unknown> & { conditions?: Condition[] };
  const observed = Object.keys(status).some(name => name !== 'conditions' && name !== 'observedGeneration');
  const reference = useReference();
  const { properties } = kind.schema;
  const wanted = wantedOf(kind, object);
  const hasStatus = Boolean(properties?.status);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(320px, 2fr)' },
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Wanted">
          {Object.keys(wanted.value).length > 0 ? (
            <ObjectValues {...wanted} reference={reference} />
          ) : (
            <Quiet>Nothing is said; the defaults hold.</Quiet>
          )}
        </Section>
        {hasStatus && (
          <Section title="Observed">
            {observed ? (
              <ObjectValues
                value={status}
                schema={properties?.status}
                reference={reference}
                omit={['conditions', 'observedGeneration']}
              />
            ) : (
              <Quiet>Nothing was reported besides the conditions.</Quiet>
            )}
          </Section>
        )}
        <Section title="Events">
          <EventList object={object} />
        </Section>
      </Box>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        {hasStatus && (
          <Section title="Conditions">
            <ConditionList conditions={status.conditions} type={kind} />
          </Section>
        )}
        <Section title="Identity">
          <Identity kind={kind} object={object} observedGeneration={status.observedGeneration} />
        </Section>
      </Box>
    </Box>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="text.secondary">
      {children}
    </Typography>
  );
}

/** The spec, or of kinds without one what stands at the top level. */
function wantedOf(
  kind: KindInfo,
  object: Resource,
): { value: Record<string, unknown>; schema: StructuralSchema | undefined; omit?: readonly string[] } {
  if (!kind.flat) {
    const value = isObject(object.spec) ? object.spec : {};
    return { value, schema: kind.schema.properties?.spec, omit: ['organizationRef'] };
  }
  const {
    apiVersion: _a,
    kind: _k,
    metadata: _m,
    status: _s,
    ...payload
  } = object as never as Record<string, unknown>;
  return { value: payload, schema: kind.schema, omit: ['apiVersion', 'kind', 'metadata', 'status'] };
}

/** A reference as a link to the object it names. */
function useReference(): (kind: string, name: string) => ReactNode {
  const { organization } = useOrganization();
  const { kinds } = useKinds();
  return (target, name) => {
    const plural = kinds?.find(({ kind }) => kind === target)?.plural;
    if (!plural) return name;
    return <Link to={explorerPath(organization, plural, name)}>{name}</Link>;
  };
}

function Identity({
  kind,
  object,
  observedGeneration,
}: {
  kind: KindInfo;
  object: Resource;
  observedGeneration: unknown;
}) {
  const { metadata } = object;
  const { annotations = {}, labels = {} } = metadata;
  const told = Object.entries(annotations).filter(([key]) => !QUIET_ANNOTATIONS.includes(key));
  const behind = observedGeneration !== undefined && observedGeneration !== metadata.generation;
  return (
    <>
      <Facts
        facts={[
          ['Kind', `${kind.kind} (${kind.resource})`],
          ['Namespace', metadata.namespace],
          ['UID', <CopyField key="uid" label="the UID" value={metadata.uid} />],
          ['Created', <RelativeTime key="created" time={metadata.creationTimestamp} />],
          [
            'Generation',
            `${metadata.generation}${behind ? `, of which ${observedGeneration} was observed` : ''}`,
          ],
          ['Finalizers', metadata.finalizers?.join(', ')],
          [
            'Labels',
            Object.keys(labels).length > 0 && <Chips key="labels" entries={Object.entries(labels)} />,
          ],
          ['Annotations', told.length > 0 && <Annotations key="annotations" entries={told} />],
        ]}
      />
      <Box sx={{ mt: 2 }}>
        <CopyField boxed label="the kubectl command" value={kubectlLine(kind, object)} />
      </Box>
    </>
  );
}

function Chips({ entries }: { entries: readonly [string, string][] }) {
  return (
    <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap' }}>
      {entries.map(([key, value]) => (
        <Chip
          key={key}
          size="small"
          label={value ? `${key}=${value}` : key}
          sx={{ maxWidth: '100%' }}
          title={`${key}=${value}`}
        />
      ))}
    </Box>
  );
}

function Annotations({ entries }: { entries: readonly [string, string][] }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {entries.map(([key, value]) => (
        <li key={key}>
          {key}: {value}
        </li>
      ))}
    </Box>
  );
}
