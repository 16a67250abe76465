import { OpenApiDefinitionWidget } from '@backstage/plugin-api-docs';
import { Link, PageFrame, Problem, RouteTabs, SkeletonRows } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useParams, useSearchParams } from 'react-router-dom';
import { useLoaded } from '../documentation/useLoaded';
import { ApiDocument, ofResource, resourcesOf } from './kubernetesDocument';
import { ApiServer, useApiServer } from './useApiServer';

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

/** What the page says already, and a server to choose where there is one, would only push the operations down. */
function Operations({
  document,
  asThePerson,
}: {
  document: ApiDocument;
  asThePerson: ApiServer['asThePerson'];
}) {
  return (
    <Box
      sx={{
        '& .information-container, & .scheme-container': { display: 'none' },
        '& .wrapper': { p: 0 },
        '& svg.arrow': { fill: 'currentColor' },
      }}
    >
      <OpenApiDefinitionWidget definition={JSON.stringify(document)} requestInterceptor={asThePerson} />
    </Box>
  );
}

function Rest() {
  const server = useApiServer();
  const { data, error, reload } = useLoaded(() => server.document('openapi.json', ''), 'rest');
  if (error) return <Problem error={error} title="The description could not be read" onRetry={reload} />;
  if (!data) return <SkeletonRows rows={12} />;
  return <Operations document={data} asThePerson={server.asThePerson} />;
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
      <Operations document={ofResource(data, resource)} asThePerson={server.asThePerson} />
    </Box>
  );
}
