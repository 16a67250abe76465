import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useMemo } from 'react';
import { IssueFilter, setValue, valueAt } from './issueFilters';

const FACETS = [
  { label: 'State', path: 'spec.state', of: () => ['open', 'closed'] },
  { label: 'Label', path: 'spec.labels', of: ({ spec }: Issue) => spec.labels },
  { label: 'Assignee', path: 'spec.assignees', of: ({ spec }: Issue) => spec.assignees },
  { label: 'Milestone', path: 'spec.milestone', of: ({ spec }: Issue) => [spec.milestone ?? ''] },
  { label: 'Author', path: 'spec.author', of: ({ spec }: Issue) => [spec.author ?? ''] },
];

/** One choice for each thing issues are told apart by; offers what there is. */
export function IssueFilters({
  issues,
  filter,
  onChange,
}: {
  issues: readonly Issue[];
  filter: IssueFilter;
  onChange(filter: IssueFilter): void;
}) {
  const facets = useMemo(
    () =>
      FACETS.map(({ label, path, of }) => ({
        label,
        path,
        values: [...new Set([valueAt(filter, path), ...issues.flatMap(of)])].filter(Boolean).sort(),
      })),
    [issues, filter],
  );
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {facets
        .filter(({ values }) => values.length > 0)
        .map(({ label, path, values }) => (
          <TextField
            key={path}
            select
            size="small"
            label={label}
            value={valueAt(filter, path)}
            onChange={event => onChange(setValue(filter, path, event.target.value))}
            sx={{ minWidth: 120, '& .MuiInputBase-root': { height: 34, fontSize: 13 } }}
            InputLabelProps={{ shrink: true }}
            SelectProps={{ displayEmpty: true }}
          >
            <MenuItem value="">Any</MenuItem>
            {values.map(value => (
              <MenuItem key={value} value={value}>
                {value}
              </MenuItem>
            ))}
          </TextField>
        ))}
    </Box>
  );
}
