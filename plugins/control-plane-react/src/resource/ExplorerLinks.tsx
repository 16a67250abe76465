import { organizationOf } from '@krate/plugin-control-plane-common';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { useNavigate } from 'react-router-dom';
import { AccessButton } from '../components/AccessButton';
import { Link } from '../components/Link';
import { useAccess } from '../hooks/useAccess';
import { explorerPath } from '../kinds/placeOf';
import { ResourceType } from './identity';

/** From an object on a page of its area to what the explorer knows of it: the form, its relations, its history. */
export function ExplorerLinks({ type, object }: { type: ResourceType; object: Resource }) {
  const navigate = useNavigate();
  const { namespace, name } = object.metadata;
  const organization = organizationOf(namespace);
  const access = useAccess('update', type, namespace, name);
  if (!organization) return null;
  const to = (part: 'edit' | 'relations' | 'history') => explorerPath(organization, type.plural, name, part);
  return (
    <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', fontSize: 13 }}>
      <Link to={to('relations')}>Relations</Link>
      <Link to={to('history')}>History</Link>
      <AccessButton
        size="small"
        variant="outlined"
        access={access}
        permission={`change ${type.plural}`}
        onClick={() => navigate(to('edit'))}
      >
        Edit
      </AccessButton>
    </Box>
  );
}
