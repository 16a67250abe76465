import {
  CodeView,
  CopyField,
  KindInfo,
  kubectlLine,
  manifestOf,
  Section,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useMemo, useState } from 'react';
import { CopyButton } from '../CopyButton';

/** The manifest as it is served, to read and copy. Who owns which field is left out until asked for. */
export function YamlPart({ kind, object }: { kind: KindInfo; object: Resource }) {
  const [managedFields, setManagedFields] = useState(false);
  const text = useMemo(() => manifestOf(object, { managedFields }), [object, managedFields]);
  return (
    <Section
      title="Manifest"
      action={
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <FormControlLabel
            control={
              <Switch
                size="small"
                checked={managedFields}
                onChange={event => setManagedFields(event.target.checked)}
              />
            }
            label="Managed fields"
            sx={{ mr: 0 }}
          />
          <CopyButton text={text} what="the manifest">
            Copy
          </CopyButton>
        </Box>
      }
    >
      <Box sx={{ mb: 2 }}>
        <CopyField boxed label="the kubectl command" value={kubectlLine(kind, object)} />
      </Box>
      <CodeView text={text} label={`Manifest of ${object.kind} ${object.metadata.name}`} />
    </Section>
  );
}
