import { useApi } from '@backstage/core-plugin-api';
import { CREATED_BY_ANNOTATION, Invite } from '@krate/plugin-control-plane-common';
import {
  AccessButton,
  ConfirmByName,
  EmptyState,
  krateApiRef,
  explorerPath,
  Problem,
  RelativeTime,
  ResourceTable,
  StatusChip,
  TableColumn,
  useAccess,
  useNewDialog,
  useOrganization,
  useResourceList,
  useUndo,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { AccessFrame } from './AccessFrame';
import { InviteDialog } from './InviteDialog';
import { InviteLinkDialog } from './InviteLinkDialog';
import { useInvitationMail } from './useInvitationMail';

/** Who was invited, who came, and the links of those who have not come yet. */
export function InvitesPage() {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const list = useResourceList(Invite, { namespace });
  const access = useAccess('create', Invite, namespace);
  const { announce, bar } = useUndo();
  const [inviting, setInviting] = useNewDialog();
  const [linked, setLinked] = useState<string>();
  const [clearing, setClearing] = useState<string>();
  const mails = useInvitationMail();
  const [error, setError] = useState<Error>();
  const mayChange = access?.allowed ?? false;

  const columns = useMemo(() => {
    const revoke = async (name: string, revoked: boolean) => {
      setError(undefined);
      try {
        await api.patch(Invite, namespace, name, { spec: { revoked } });
        announce({
          message: revoked ? 'The invitation is taken back' : 'The invitation stands again',
          undo: () => api.patch(Invite, namespace, name, { spec: { revoked: !revoked } }),
        });
      } catch (refused) {
        setError(refused as Error);
      }
    };
    return columnsFor({ mayChange, link: setLinked, revoke, clear: setClearing });
  }, [api, namespace, mayChange, announce]);

  const invite = (
    <AccessButton
      variant="contained"
      access={access}
      permission={`invite people to ${organization}`}
      onClick={() => setInviting(true)}
    >
      Invite somebody
    </AccessButton>
  );
  return (
    <AccessFrame tab="invites" action={invite}>
      {error && <Problem error={error} title="The invitation was not changed" />}
      <ResourceTable
        label="Invitations"
        list={list}
        columns={columns}
        rowPath={({ metadata }) => explorerPath(organization, Invite.plural, metadata.name)}
        rowTitle={({ spec }) => spec.email}
        titleColumn="For"
        order={(a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp)}
        empty={
          <EmptyState title="Nobody is invited" action={invite}>
            An invitation is a link that works once. Whoever opens it chooses a user name, or accepts with the
            login they have, and gets the role you chose.
          </EmptyState>
        }
      />
      <InviteDialog
        open={inviting && mayChange}
        onClose={() => setInviting(false)}
        onInvited={({ metadata, spec }) => {
          if (mails) announce({ message: `The invitation is on its way to ${spec.email}` });
          else setLinked(metadata.name);
        }}
      />
      <InviteLinkDialog name={linked} mails={mails} onClose={() => setLinked(undefined)} />
      <ConfirmByName
        open={clearing !== undefined}
        name={clearing ?? ''}
        title="Remove the invitation"
        action="Remove"
        onClose={() => setClearing(undefined)}
        onConfirm={() => api.delete(Invite, namespace, clearing!)}
      >
        It disappears from this list, and its link with it. Whoever accepted it stays a member.
      </ConfirmByName>
      {bar}
    </AccessFrame>
  );
}

function columnsFor(does: {
  mayChange: boolean;
  link(name: string): void;
  revoke(name: string, revoked: boolean): void;
  clear(name: string): void;
}): readonly TableColumn<Invite>[] {
  return [
    { name: 'Role', render: ({ spec }) => spec.role, text: ({ spec }) => spec.role, width: '100px' },
    {
      name: 'Teams',
      render: ({ spec }) => spec.teams.join(', '),
      text: ({ spec }) => spec.teams.join(' '),
      wideOnly: true,
    },
    {
      name: 'Invited by',
      render: ({ metadata }) => metadata.annotations?.[CREATED_BY_ANNOTATION],
      text: ({ metadata }) => metadata.annotations?.[CREATED_BY_ANNOTATION] ?? '',
      wideOnly: true,
    },
    {
      name: 'State',
      render: ({ status }) => <StatusChip status={status?.phase} />,
      text: ({ status }) => status?.phase ?? '',
      width: '120px',
    },
    {
      name: 'Ends or ended',
      render: ({ status }) =>
        status?.phase === 'Accepted' ? (
          <>
            {status.user}, <RelativeTime time={status.acceptedAt} />
          </>
        ) : (
          <RelativeTime time={status?.expiresAt} />
        ),
    },
    {
      name: 'Actions',
      width: '190px',
      render: ({ metadata: { name }, spec, status }) =>
        does.mayChange && (
          <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
            {status?.phase === 'Pending' && (
              <>
                <Button size="small" onClick={() => does.link(name)} aria-label={`Link for ${spec.email}`}>
                  Link
                </Button>
                <Button
                  size="small"
                  onClick={() => does.revoke(name, true)}
                  aria-label={`Take the invitation of ${spec.email} back`}
                >
                  Take back
                </Button>
              </>
            )}
            {status?.phase !== 'Pending' && (
              <Button
                size="small"
                onClick={() => does.clear(name)}
                aria-label={`Remove the invitation of ${spec.email}`}
              >
                Remove
              </Button>
            )}
          </Box>
        ),
    },
  ];
}
