import { Condition, Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { ConditionList } from '../components/ConditionList';
import { CopyField } from '../components/CopyField';
import { EventList } from '../components/EventList';
import { Facts } from '../components/Facts';
import { RelativeTime } from '../components/RelativeTime';
import { Section } from '../components/Section';
import { YamlView } from '../components/YamlView';
import { ExplorerLinks } from './ExplorerLinks';
import { kubectlLine, ResourceType } from './identity';

/** An object as the control plane has it: manifest, conditions, events and the kubectl line. */
export function ResourceTab({ type, object }: { type: ResourceType; object: Resource }) {
  const { metadata } = object;
  const status = object.status as { conditions?: Condition[] } | undefined;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 3fr) minmax(320px, 2fr)' },
        alignItems: 'start',
      }}
    >
      <Section title="Manifest" action={<ExplorerLinks type={type} object={object} />}>
        <Box sx={{ mb: 2 }}>
          <CopyField boxed label="the kubectl command" value={kubectlLine(type, object)} />
        </Box>
        <YamlView object={object} label={`Manifest of ${object.kind} ${metadata.name}`} />
      </Section>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Identity">
          <Facts
            facts={[
              ['Kind', type.resource],
              ['Namespace', metadata.namespace],
              ['Name', <CopyField key="name" label="the name" value={metadata.name} />],
              ['UID', <CopyField key="uid" label="the UID" value={metadata.uid} />],
              ['Created', <RelativeTime key="created" time={metadata.creationTimestamp} />],
              ['Generation', String(metadata.generation)],
            ]}
          />
        </Section>
        <Section title="Conditions">
          <ConditionList conditions={status?.conditions} type={type} />
        </Section>
        <Section title="Events">
          <EventList object={object} />
        </Section>
      </Box>
    </Box>
  );
}
