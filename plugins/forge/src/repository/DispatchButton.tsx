import { AccessButton, useAccess } from '@krate/plugin-control-plane-react';
import AgentIcon from '@mui/icons-material/SmartToyOutlined';
import { ButtonProps } from '@mui/material/Button';
import { useNavigate } from 'react-router-dom';
import { dispatchPath } from '../api/links';
import { AGENT_RUNS } from '../runs/agentRuns';

export interface DispatchButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  organization: string;
  namespace: string;
  /** What the agent is sent to: a repository, and in it a branch, a path, a pull request or a job. */
  source: Record<string, string>;
  label?: string;
}

/** Leads to the dispatch of an agent with the source filled in. */
export function DispatchButton({
  organization,
  namespace,
  source,
  label = 'Dispatch an agent',
  ...button
}: DispatchButtonProps) {
  const navigate = useNavigate();
  const access = useAccess('create', AGENT_RUNS, namespace);
  return (
    <AccessButton
      variant="outlined"
      size="small"
      {...button}
      access={access}
      permission="dispatch agents"
      startIcon={<AgentIcon />}
      onClick={() => navigate(dispatchPath(organization, source))}
    >
      {label}
    </AccessButton>
  );
}
