import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  EmptyState,
  FormDialog,
  krateApiRef,
  Link,
  organizationPath,
  Problem,
  ResourceList,
  Section,
  SkeletonRows,
  useAccess,
  useOrganization,
  useResourceList,
  useUndo,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { REPOSITORY, REPOSITORY_PERMISSION, RepositoryPermissionView } from '../shared/foreignKinds';
import { Subject } from '../shared/setRole';

const PERMISSIONS = {
  read: 'Clones.',
  write: 'Also pushes, opens and reviews.',
  admin: 'Also merges, approves and protects.',
} as const;

/** What a user or team may do on single repositories, beyond the role in the organization. */
export function PermissionsSection({ subject }: { subject: Subject }) {
  const api = useApi(krateApiRef);
  const { organization, namespace } = useOrganization();
  const { announce, bar } = useUndo();
  const list = useResourceList(REPOSITORY_PERMISSION, {
    namespace,
  }) as unknown as ResourceList<RepositoryPermissionView>;
  const access = useAccess('create', REPOSITORY_PERMISSION, namespace);
  const [giving, setGiving] = useState(false);
  const own = list.items.filter(
    ({ spec }) => spec.subject.kind === subject.kind && spec.subject.name === subject.name && !spec.revoked,
  );
  const give = (
    <AccessButton
      size="small"
      access={access}
      permission={`give access to repositories of ${organization}`}
      onClick={() => setGiving(true)}
    >
      Give access
    </AccessButton>
  );
  const takeAway = async (object: RepositoryPermissionView) => {
    const { metadata, spec } = object;
    await api.delete(REPOSITORY_PERMISSION, namespace, metadata.name);
    announce({
      message: `${subject.name} has no own permission on ${spec.repository} any more`,
      undo: () =>
        api.create(REPOSITORY_PERMISSION, namespace, { metadata: { name: metadata.name, namespace }, spec }),
    });
  };
  return (
    <Section title="Repositories" action={give} flush>
      {list.loading && <SkeletonRows rows={2} />}
      {list.error && <Problem error={list.error} title="The permissions could not be read" />}
      {!list.loading && own.length === 0 && !list.error && (
        <EmptyState title="No permission on single repositories">
          The role in the organization holds for every repository; this adds to it, one repository at a time.
        </EmptyState>
      )}
      {own.map((object, index) => (
        <Box
          key={object.metadata.uid}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            px: 2,
            minHeight: 40,
            borderTop: index ? 1 : 0,
            borderColor: 'divider',
            fontSize: 13,
          }}
        >
          <Link to={organizationPath(organization, 'repositories', object.spec.repository)}>
            {object.spec.repository}
          </Link>
          <Box sx={{ ml: 'auto', color: 'text.secondary' }}>{object.spec.permission}</Box>
          <AccessButton
            size="small"
            access={access}
            permission={`take access to repositories of ${organization} away`}
            aria-label={`Take ${object.spec.permission} on ${object.spec.repository} away`}
            onClick={() => takeAway(object)}
          >
            Take away
          </AccessButton>
        </Box>
      ))}
      <GiveAccessDialog subject={subject} open={giving} onClose={() => setGiving(false)} />
      {bar}
    </Section>
  );
}

function GiveAccessDialog({ subject, open, onClose }: { subject: Subject; open: boolean; onClose(): void }) {
  const api = useApi(krateApiRef);
  const { namespace } = useOrganization();
  const repositories = useResourceList(REPOSITORY, { namespace: open ? namespace : undefined });
  const [repository, setRepository] = useState('');
  const [permission, setPermission] = useState<keyof typeof PERMISSIONS>('write');
  useEffect(() => {
    if (open) setRepository('');
  }, [open]);
  const submit = async () => {
    const name = `${repository}-${subject.kind.toLowerCase()}-${subject.name}`.slice(0, 63);
    await api.create(REPOSITORY_PERMISSION, namespace, {
      metadata: { name, namespace },
      spec: { repository, subject, permission },
    });
    onClose();
  };
  return (
    <FormDialog
      open={open}
      title={`Give ${subject.name} access to a repository`}
      action="Give access"
      failure="The access was not given"
      ready={repository !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        select
        required
        size="small"
        label="Repository"
        value={repository}
        onChange={event => setRepository(event.target.value)}
        helperText={
          !repositories.loading && repositories.items.length === 0 ? 'There is no repository yet.' : undefined
        }
      >
        {(repositories.items as Resource[]).map(({ metadata }) => (
          <MenuItem key={metadata.uid} value={metadata.name}>
            {metadata.name}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label="Permission"
        value={permission}
        onChange={event => setPermission(event.target.value as keyof typeof PERMISSIONS)}
        helperText={PERMISSIONS[permission]}
      >
        {Object.keys(PERMISSIONS).map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}
