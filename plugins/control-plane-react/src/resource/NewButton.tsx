import { Kind } from '@krate/resource-model';
import { ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { AccessButton } from '../components/AccessButton';
import { useAccess } from '../hooks/useAccess';
import { createPath, placeOf } from '../kinds/placeOf';

/** Leads to the form that makes an object of a kind, for lists whose kind has no dialog of its own. */
export function NewButton({
  kind,
  organization,
  children,
}: {
  kind: Pick<Kind, 'group' | 'plural' | 'platform' | 'clusterScoped'>;
  organization: string;
  /** The words on the button, “New stack”. */
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const access = useAccess('create', kind, placeOf(kind, organization) ?? 'default');
  return (
    <AccessButton
      variant="outlined"
      access={access}
      permission={`create ${kind.plural}`}
      onClick={() => navigate(createPath(organization, kind.plural))}
    >
      {children}
    </AccessButton>
  );
}
