import { useApi } from '@backstage/core-plugin-api';
import { AgentDispatchRun, AgentServiceAccount, AgentStack } from '@krate/plugin-agents-common';
import {
  AccessButton,
  krateApiRef,
  organizationPath,
  Link,
  Problem,
  useAccess,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { Repository } from '@krate/plugin-forge-common';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { KeyboardEvent, useState } from 'react';
import { BranchField } from './BranchField';
import {
  DispatchErrors,
  dispatchErrors,
  DispatchField,
  DispatchFields,
  EMPTY_DISPATCH,
  localErrors,
  runOf,
  suitabilityOf,
} from './dispatchFields';
import { PermissionPreview } from './PermissionPreview';
import { RepositoryField } from './RepositoryField';
import { StackField } from './StackField';
import { useDryRun } from './useDryRun';

export interface DispatchFormProps {
  organization: string;
  /** What is known already from where the reader came. */
  initial?: Partial<DispatchFields>;
  onDispatched(run: AgentDispatchRun): void;
  onCancel?(): void;
}

/** Gives an agent a task. The server checks the fields while they are filled in; Ctrl+Enter dispatches. */
export function DispatchForm({ organization, initial, onDispatched, onCancel }: DispatchFormProps) {
  const api = useApi(krateApiRef);
  const namespace = namespaceOf(organization);
  const access = useAccess('create', AgentDispatchRun, namespace);
  const repositories = useResourceList(Repository, { namespace });
  const stacks = useResourceList(AgentStack, { namespace });
  const accounts = useResourceList(AgentServiceAccount, { namespace });
  const [fields, setFields] = useState<DispatchFields>({ ...EMPTY_DISPATCH, ...initial });
  const [refusal, setRefusal] = useState<DispatchErrors>({ fields: {} });
  const [busy, setBusy] = useState(false);
  const checked = useDryRun(fields, namespace, Boolean(access?.allowed));

  const set = <F extends DispatchField>(field: F, value: DispatchFields[F]) => {
    setFields(previous => ({ ...previous, [field]: value }));
    setRefusal(({ rest, fields: { [field]: _told, ...others } }) => ({ rest, fields: others }));
  };
  const { repository: _repository, stack: _stack, ...mistyped } = localErrors(fields);
  const errors = { ...checked.fields, ...refusal.fields, ...mistyped };
  const problem = refusal.rest ?? checked.rest;
  const stack = stacks.items.find(({ metadata }) => metadata.name === fields.stack);
  const suitability = stack && suitabilityOf(stack, fields.repository, accounts.items);
  const listError = repositories.error ?? stacks.error;

  const submit = async () => {
    if (busy || !access?.allowed || suitability?.suitable === false) return;
    const missing = localErrors(fields);
    if (Object.keys(missing).length > 0) {
      setRefusal({ fields: missing });
      return;
    }
    setBusy(true);
    try {
      onDispatched(await api.create(AgentDispatchRun, namespace, runOf(fields, namespace)));
    } catch (error) {
      setRefusal(dispatchErrors(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
  const text = (field: Exclude<DispatchField, 'requiresApproval'>) => ({
    size: 'small' as const,
    value: fields[field],
    onChange: (event: { target: { value: string } }) => set(field, event.target.value),
    error: Boolean(errors[field]),
    helperText: errors[field],
  });

  return (
    <Box
      component="form"
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={event => {
        event.preventDefault();
        void submit();
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      {listError && <Problem error={listError} title="What can be dispatched could not be read" />}
      <RepositoryField
        repositories={repositories}
        value={fields.repository}
        onChange={value => {
          set('repository', value);
          set('branch', '');
        }}
        error={errors.repository}
      />
      <StackField
        stacks={stacks}
        accounts={accounts.items}
        repository={fields.repository}
        value={fields.stack}
        onChange={value => set('stack', value)}
        error={errors.stack}
      />
      {stack && suitability?.reason && (
        <Alert severity="warning" variant="outlined">
          {stack.spec.displayName ?? stack.metadata.name} cannot be dispatched here. {suitability.reason}.{' '}
          <Link to={organizationPath(organization, 'stacks', stack.metadata.name)}>See what it lacks</Link>
        </Alert>
      )}
      <BranchField
        organization={organization}
        repository={repositories.items.find(({ metadata }) => metadata.name === fields.repository)}
        value={fields.branch}
        onChange={value => set('branch', value)}
        error={errors.branch}
      />
      <TextField
        {...text('task')}
        label="Task"
        multiline
        minRows={4}
        maxRows={16}
        placeholder={stack?.spec.prompt?.task ?? 'What should be done, in words'}
        helperText={
          errors.task ?? (stack?.spec.prompt?.task ? 'Empty: the stack’s own task, shown in grey' : undefined)
        }
        InputLabelProps={{ shrink: true }}
      />
      <About fields={fields} />
      <Accordion
        variant="outlined"
        disableGutters
        defaultExpanded={Boolean(initial?.path)}
        sx={{ '&::before': { display: 'none' } }}
      >
        <AccordionSummary expandIcon={<ExpandIcon />}>Path, budget and approval (optional)</AccordionSummary>
        <AccordionDetails sx={{ display: 'grid', gap: 2 }}>
          <TextField
            {...text('path')}
            label="Path"
            placeholder="The file or folder it is about"
            InputLabelProps={{ shrink: true }}
          />
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, 1fr)' } }}>
            <TextField {...text('maxTokens')} label="Tokens at most" inputProps={{ inputMode: 'numeric' }} />
            <TextField
              {...text('maxCostUsd')}
              label="Cost at most (US$)"
              inputProps={{ inputMode: 'decimal' }}
            />
            <TextField
              {...text('maxMinutes')}
              label="Minutes at most"
              inputProps={{ inputMode: 'numeric' }}
            />
          </Box>
          <FormControlLabel
            control={
              <Checkbox
                checked={fields.requiresApproval}
                onChange={event => set('requiresApproval', event.target.checked)}
              />
            }
            label="Wait for an approval before it starts"
          />
        </AccordionDetails>
      </Accordion>
      <PermissionPreview organization={organization} fields={fields} />
      {problem && <Problem error={problem} title="The run would be refused" />}
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end', alignItems: 'center' }}>
        <Typography variant="caption" color="text.secondary" sx={{ mr: 'auto' }}>
          Ctrl+Enter dispatches
        </Typography>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <AccessButton
          access={access}
          permission="dispatch agents"
          blocked={suitability?.suitable === false ? suitability.reason : undefined}
          disabled={busy}
          type="submit"
          variant="contained"
        >
          {busy ? 'Dispatching…' : 'Dispatch'}
        </AccessButton>
      </Box>
    </Box>
  );
}

/** What the reader came from, said and not asked. */
function About({ fields }: { fields: DispatchFields }) {
  const about = fields.pullRequest ? `pull request ${fields.pullRequest}` : fields.job && `job ${fields.job}`;
  if (!about) return null;
  return (
    <Typography variant="body2" color="text.secondary">
      The task is about {about}.
    </Typography>
  );
}
