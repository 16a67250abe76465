import { AgentSecretGrant, AgentServiceAccount, AgentStack } from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import {
  Problem,
  SkeletonRows,
  StatusChip,
  useResource,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

type Subject = { kind: string; name: string };

/** Whether something was given to this stack or to the identity it runs as. */
export function isGivenTo(stack: AgentStack, { kind, name }: Subject): boolean {
  const account = stack.spec.runtimeIdentity.serviceAccountRef;
  switch (kind) {
    case 'AgentStack':
    case 'agent-stack':
      return name === stack.metadata.name;
    case 'AgentServiceAccount':
    case 'service-account':
      return name === account;
    case 'tool':
      return name === stack.spec.toolProfileRef;
    case 'runner-pool':
      return name === stack.spec.runnerPool;
    default:
      return false;
  }
}

/** What this stack was given: repositories, roles and secrets, by reference only. */
export function Grants({ stack }: { stack: AgentStack }) {
  const { namespace } = stack.metadata;
  const account = useResource(AgentServiceAccount, namespace, stack.spec.runtimeIdentity.serviceAccountRef);
  const bindings = useResourceList(AgentRoleBinding, { namespace });
  const grants = useResourceList(AgentSecretGrant, { namespace });
  const error = bindings.error ?? grants.error;
  if (error) return <Problem error={error} title="The grants could not be read" />;
  if (bindings.loading || grants.loading) return <SkeletonRows rows={3} />;

  const roles = bindings.items.filter(({ spec }) => isGivenTo(stack, spec.subject));
  const secrets = grants.items.filter(({ spec }) => isGivenTo(stack, spec.subject));
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Group title="Repositories" none="None: it may not work anywhere.">
        {account.object?.spec.allowedRepositories.map(repository => (
          <Line key={repository}>{repository}</Line>
        ))}
      </Group>
      <Group title="Roles" none="None.">
        {roles.map(({ metadata, spec, status }) => (
          <Line key={metadata.uid} status={status?.phase}>
            {spec.roleRef.name} on {spec.scope.name ?? `the ${spec.scope.kind}`}
          </Line>
        ))}
      </Group>
      <Group title="Secrets" none="None are granted.">
        {secrets.map(({ metadata, spec, status }) => (
          <Line key={metadata.uid} status={spec.revoked ? 'Revoked' : status?.phase}>
            {spec.secretRef.name} ({spec.secretRef.keys.join(', ')}) for {spec.purpose.replaceAll('-', ' ')}
          </Line>
        ))}
      </Group>
    </Box>
  );
}

function Group({
  title,
  none,
  children,
}: {
  title: string;
  none: string;
  children: ReactNode[] | undefined;
}) {
  return (
    <Box>
      <Typography variant="caption" component="h3" sx={{ fontWeight: 600 }}>
        {title}
      </Typography>
      {children && children.length > 0 ? (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {children}
        </Box>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {none}
        </Typography>
      )}
    </Box>
  );
}

function Line({ status, children }: { status?: string; children: ReactNode }) {
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1, alignItems: 'center', py: 0.25, fontSize: 13, flexWrap: 'wrap' }}
    >
      <Box component="span" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {children}
      </Box>
      {status && <StatusChip status={status} />}
    </Box>
  );
}
