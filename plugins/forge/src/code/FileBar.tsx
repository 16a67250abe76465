import { CopyField, useRepository } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { bytes } from '../api/bytes';
import { repositoryPath, shortSha } from '../api/links';
import { Blob } from '../api/wire';
import { CopyPermalink } from './CopyPermalink';
import { DispatchButton } from '../repository/DispatchButton';
import { DownloadButton } from './DownloadButton';
import { LineRange } from './lineRange';

export interface FileBarProps {
  blob: Blob;
  /** `page`, `source` or `blame`. */
  as: string;
  isMarkdown: boolean;
  range: LineRange | undefined;
  onAs(as: string): void;
}

/** What is known of a file, and what can be done with it or with the lines pointed to. */
export function FileBar({ blob, as, isMarkdown, range, onAs }: FileBarProps) {
  const { organization, namespace, repository } = useRepository();
  const count = blob.text?.replace(/\n$/, '').split('\n').length ?? 0;
  const lines = range && (range.first === range.last ? `${range.first}` : `${range.first}-${range.last}`);
  const named = range && `${range.first === range.last ? 'line' : 'lines'} ${lines}`;
  // The commit and not the branch: what it shows does not change.
  const place = { ref: blob.commit, path: blob.path, ...(lines ? { lines } : {}) };
  const permalink = `${window.location.origin}${repositoryPath(organization, repository, 'code', place)}`;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        columnGap: 2,
        px: 1.5,
        minHeight: 40,
        borderBottom: 1,
        borderColor: 'divider',
        fontSize: 12,
        color: 'text.secondary',
        flexWrap: 'wrap',
      }}
    >
      <span>
        {!blob.binary && `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'} · `}
        {bytes(blob.size)}
      </span>
      <span>at commit {shortSha(blob.commit)}</span>
      <CopyField label="the path" value={blob.path} />
      <CopyPermalink label={named ? `Permalink to ${named}` : 'Permalink'} value={permalink} />
      <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        {lines && (
          <DispatchButton
            label={`Dispatch an agent to ${named}`}
            variant="text"
            organization={organization}
            namespace={namespace}
            source={{
              repository,
              path: blob.path,
              task: `In ${blob.path}, ${named} (at ${shortSha(blob.commit)}): `,
            }}
          />
        )}
        <DownloadButton
          route="raw"
          query={{ ref: blob.commit, path: blob.path }}
          fileName={blob.path.split('/').pop()!}
        >
          Download
        </DownloadButton>
        {!blob.binary && (
          <ToggleButtonGroup
            size="small"
            exclusive
            value={isMarkdown || as !== 'page' ? as : 'source'}
            onChange={(_, value) => value && onAs(value)}
            aria-label="Show as"
          >
            {isMarkdown && (
              <ToggleButton value="page" sx={{ py: 0.25 }}>
                Page
              </ToggleButton>
            )}
            <ToggleButton value="source" sx={{ py: 0.25 }}>
              Source
            </ToggleButton>
            <ToggleButton value="blame" sx={{ py: 0.25 }}>
              Blame
            </ToggleButton>
          </ToggleButtonGroup>
        )}
      </Box>
    </Box>
  );
}
