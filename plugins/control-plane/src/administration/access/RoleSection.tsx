import { useApi } from '@backstage/core-plugin-api';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import {
  DisabledReason,
  krateApiRef,
  MissingPermission,
  Problem,
  reasonOf,
  Section,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import { Role } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { ReactNode, useState } from 'react';
import { RoleField } from '../shared/roles';
import { bindingsOf, setRole, Subject } from '../shared/setRole';

/** The role that a member or a team is given itself, and how it is changed; a change can be undone. */
export function RoleSection({
  subject,
  bindings,
  label,
  none,
  told,
  children,
}: {
  subject: Subject;
  bindings: readonly AgentRoleBinding[];
  label: string;
  /** What it means to have none. */
  none: string;
  /** What was done, in a sentence. */
  told(role: Role | undefined): string;
  /** What follows from the role. */
  children?: ReactNode;
}) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const [error, setError] = useState<Error>();
  const access = useAccess('update', AgentRoleBinding, namespace);
  const own = bindingsOf(subject, bindings)[0]?.spec.roleRef.name as Role | undefined;

  const undo = async () => {
    const now = await api.list(AgentRoleBinding, namespace);
    await setRole(api, namespace, { subject, bindings: now, role: own });
  };
  const change = async (role: Role | undefined) => {
    setError(undefined);
    try {
      await setRole(api, namespace, { subject, bindings, role });
      announce({ message: told(role), undo });
    } catch (refused) {
      setError(refused as Error);
    }
  };
  const permission = `change roles in ${organization}`;
  const reason = reasonOf({ access, permission });
  return (
    <Section title="Role" action={access && <MissingPermission access={access} permission={permission} />}>
      <Box sx={{ display: 'grid', gap: 2 }}>
        <DisabledReason reason={reason}>
          <Box sx={{ display: 'grid' }}>
            <RoleField label={label} value={own} onChange={change} none={none} disabled={Boolean(reason)} />
          </Box>
        </DisabledReason>
        {error && <Problem error={error} title="The role was not changed" />}
        {children}
      </Box>
      {bar}
    </Section>
  );
}
