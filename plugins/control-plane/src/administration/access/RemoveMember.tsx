import { useApi } from '@backstage/core-plugin-api';
import { User } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  krateApiRef,
  organizationPath,
  Problem,
  Section,
  useAccess,
  useOrganization,
  useUndo,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { Member } from '../shared/members';

/** Takes a member's rights away: for now (the history stays), or for good. */
export function RemoveMember({ member }: { member: Member }) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const { name } = member.metadata;
  const mayDelete = useAccess('delete', User, namespace, name);
  const mayUpdate = useAccess('update', User, namespace, name);
  const [confirming, setConfirming] = useState(false);
  const [error, setError] = useState<Error>();
  const { disabled } = member.spec;

  const setDisabled = (next: boolean) => api.patch(User, namespace, name, { spec: { disabled: next } });
  const toggle = async () => {
    setError(undefined);
    try {
      await setDisabled(!disabled);
      announce({
        message: disabled ? `${name} has their rights back` : `${name} has no rights any more`,
        undo: () => setDisabled(disabled),
      });
    } catch (refused) {
      setError(refused as Error);
    }
  };
  return (
    <Section title="Take rights away">
      <Typography variant="body2" sx={{ mb: 2 }}>
        Disabling keeps the member and everything they did, and takes every right away at once. Removing also
        takes their logins, roles and team memberships in {organization} away; what they did stays in the
        history.
      </Typography>
      {error && <Problem error={error} title="It was not done" />}
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <AccessButton
          variant="outlined"
          access={mayUpdate}
          permission={`change members of ${organization}`}
          onClick={toggle}
        >
          {disabled ? 'Enable' : 'Disable'}
        </AccessButton>
        <AccessButton
          color="error"
          variant="outlined"
          access={mayDelete}
          permission={`remove members of ${organization}`}
          onClick={() => setConfirming(true)}
        >
          Remove from {organization}
        </AccessButton>
      </Box>
      <ConfirmByName
        open={confirming}
        name={name}
        title={`Remove ${member.spec.displayName}`}
        action="Remove the member"
        onClose={() => setConfirming(false)}
        onConfirm={async () => {
          await api.delete(User, namespace, name);
          navigate(organizationPath(organization, 'manage', 'access', 'members'));
        }}
      >
        {member.spec.displayName} loses every right in {organization}. Their sessions and tokens stay valid
        for other organizations.
      </ConfirmByName>
      {bar}
    </Section>
  );
}
