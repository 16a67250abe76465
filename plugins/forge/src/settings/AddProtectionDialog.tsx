import { useApi } from '@backstage/core-plugin-api';
import { FormDialog, krateApiRef, useRepository, useResource } from '@krate/plugin-control-plane-react';
import { BranchProtection, Repository } from '@krate/plugin-forge-common';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

const SWITCHES = {
  requirePullRequest: 'Changes only by pull request',
  requireSignedCommits: 'Signed commits only',
  requireLinearHistory: 'No merge commits',
  enforceAdmins: 'Also for admins',
} as const;

const FRESH = {
  refs: '',
  approvals: '1',
  checks: '',
  requirePullRequest: true,
  requireSignedCommits: false,
  requireLinearHistory: false,
  enforceAdmins: true,
};

/** Protects branches of the repository; what is rarer stands in the manifest. */
export function AddProtectionDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const api = useApi(krateApiRef);
  const { namespace, repository } = useRepository();
  const { object } = useResource(Repository, namespace, repository);
  const [fields, setFields] = useState(FRESH);
  const defaultBranch = object?.spec.defaultBranch ?? 'main';
  useEffect(() => setFields({ ...FRESH, refs: defaultBranch }), [open, defaultBranch]);
  const words = (text: string) => text.split(/[\s,]+/).filter(Boolean);

  const add = async () => {
    const { refs, approvals, checks, ...switches } = fields;
    await api.create(BranchProtection, namespace, {
      metadata: { generateName: `${repository}-`, namespace },
      spec: {
        repository,
        refs: words(refs),
        requiredApprovals: Number(approvals) || 0,
        requiredChecks: words(checks),
        ...switches,
      },
    });
    onClose();
  };
  const text = (field: 'refs' | 'approvals' | 'checks') => ({
    value: fields[field],
    onChange: (event: { target: { value: string } }) => setFields({ ...fields, [field]: event.target.value }),
  });
  return (
    <FormDialog
      open={open}
      title="Protect branches"
      action="Protect"
      failure="The branches were not protected"
      ready={words(fields.refs).length > 0}
      onSubmit={add}
      onClose={onClose}
    >
      <TextField
        required
        label="Branches"
        {...text('refs')}
        helperText="Names or patterns: main, release/*"
      />
      <TextField label="Approvals" type="number" {...text('approvals')} inputProps={{ min: 0, max: 20 }} />
      <TextField
        label="Checks that must succeed"
        {...text('checks')}
        helperText="Names of workflows: test, lint"
      />
      {Object.entries(SWITCHES).map(([field, label]) => (
        <FormControlLabel
          key={field}
          label={label}
          sx={{ my: -1 }}
          control={
            <Checkbox
              checked={fields[field as keyof typeof SWITCHES]}
              onChange={event => setFields({ ...fields, [field]: event.target.checked })}
            />
          }
        />
      ))}
    </FormDialog>
  );
}
