import { useRepository } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { ReactNode } from 'react';
import { DispatchButton } from '../repository/DispatchButton';
import { DownloadButton } from './DownloadButton';

const VIEWS = {
  '': 'Files',
  commits: 'History',
  branches: 'Branches',
  tags: 'Tags',
  compare: 'Compare',
} as const;

/** What of the code is shown, and what can be done from there. */
export function CodeBar({
  show,
  path,
  gitRef,
  onShow,
  children,
}: {
  /** `''` (files), `commits`, `branches`, `tags` or `compare`. */
  show: string;
  path: string;
  gitRef: string;
  onShow(show: string): void;
  /** Where in the code the reader is. */
  children: ReactNode;
}) {
  const { organization, namespace, repository } = useRepository();
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 1.5 }}>
      {children}
      <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        {show === '' && path && (
          <DispatchButton
            label="Dispatch an agent here"
            variant="text"
            organization={organization}
            namespace={namespace}
            source={{ repository, ref: `refs/heads/${gitRef}`, path }}
          />
        )}
        {show === '' && !path && (
          <DownloadButton
            route="archive"
            query={{ ref: gitRef, format: 'zip' }}
            fileName={`${repository}.zip`}
          >
            Download ZIP
          </DownloadButton>
        )}
        <ToggleButtonGroup
          size="small"
          exclusive
          value={show}
          onChange={(_, value) => value !== null && onShow(value)}
          aria-label="Show of the code"
        >
          {Object.entries(VIEWS).map(([value, label]) => (
            <ToggleButton key={value} value={value} sx={{ py: 0.5 }}>
              {label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
    </Box>
  );
}
