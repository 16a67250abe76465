import { explorerPath, useOrganization } from '@krate/plugin-control-plane-react';
import { Navigate, useParams } from 'react-router-dom';

/** Leads to the page of the same object, and the same part of it, in the explorer. */
export function FormerResourcePage() {
  const { organization } = useOrganization();
  const { plural = '', name = '', '*': part } = useParams();
  return <Navigate replace to={[explorerPath(organization, plural, name), part].filter(Boolean).join('/')} />;
}
