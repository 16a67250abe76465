import { OpenApiDefinitionWidget } from '@backstage/plugin-api-docs';
import { Link, PageFrame, Problem, RouteTabs, SkeletonRows } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useParams, useSearchParams } from 'react-router-dom';
import { useLoaded } from '../documentation/useLoaded';
import { ofResource, resourcesOf } from './kubernetesDocument';
import { useApiServer } from './useApiServer';

const REST = '/api-reference';
const KUBERNETES = '/api-reference/kubernetes';
const GROUP = 'krate/openapi/v3/apis/krate.a5c.ai/v1alpha1';

/** Both APIs of this installation, described by the server itself; a request from here is sent as the person who looks. */
export function ApiReferencePage() {
  const { '*': which = '' } = useParams();
  const isKubernetes = which.startsWith('kubernetes');
  return (
    <PageFrame
      title="API reference"
      crumbs={[{ label: 'Documentation', to: '/documentation' }]}
      lede={
        <>
          What the areas installed here answer. “Try it out” really sends the request, with your rights. How
          to begin: <Link to="/documentation/guides/use-the-api">Use the API</Link>.
        </>
      }
      tabs={
        <RouteTabs
          label="APIs"
          value={isKubernetes ? KUBERNETES : REST}
          tabs={[
            { label: 'REST', to: REST },
            { label: 'Kubernetes', to: KUBERNETES },
          ]}
        />
      }
    >
      {isKubernetes ? <Kubernetes /> : <Rest />}
    </PageFrame>
  );
}

function Rest() {
  const server = useApiServer();
  const { data, error, reload } = useLoaded(() => server.document('openapi.json', ''), 'rest');
  if (error) return <Problem error={error} title="The description could not be read" onRetry={reload} />;
  if (!data) return <SkeletonRows rows={12} />;
  return (
    <OpenApiDefinitionWidget definition={JSON.stringify(data)} requestInterceptor={server.asThePerson} />
  );
}

/** Some eighty resources with ten operations each: one at a time is what anybody reads. */
function Kubernetes() {
  const server = useApiServer();
  const [address, setAddress] = useSearchParams();
  const { data, error, reload } = useLoaded(() => server.document(GROUP, '/krate'), 'kubernetes');
  if (error) return <Problem error={error} title="The description could not be read" onRetry={reload} />;
  if (!data) return <SkeletonRows rows={12} />;
  const resources = resourcesOf(data);
  const asked = address.get('resource') ?? 'repositories';
  const resource = resources.includes(asked) ? asked : resources[0];
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <TextField
        select
        size="small"
        label="Resource"
        value={resource}
        onChange={event => setAddress({ resource: event.target.value }, { replace: true })}
        sx={{ maxWidth: 360 }}
      >
        {resources.map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <OpenApiDefinitionWidget
        definition={JSON.stringify(ofResource(data, resource))}
        requestInterceptor={server.asThePerson}
      />
    </Box>
  );
}
