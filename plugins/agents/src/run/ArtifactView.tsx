import DownloadIcon from '@mui/icons-material/DownloadOutlined';
import { KrateArtifact } from '@krate/plugin-agents-common';
import { CopyField, MONOSPACE, Problem, SkeletonRows } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { DiffLines } from '../diff/DiffLines';
import { parsePatch, PatchFile } from '../diff/parsePatch';
import { CodeBlock } from '../shared/CodeBlock';
import { formatBytes } from '../shared/format';
import { useArtifactContent, useDownload } from './useArtifactContent';

/** Files beyond this many lines are opened on demand. */
const LARGE_FILE = 500;

/** `+3 −1` in words a screen reader can say. */
export function Changes({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <Box
      component="span"
      role="img"
      aria-label={`${additions} added, ${deletions} removed`}
      sx={{ fontSize: 12, fontVariantNumeric: 'tabular-nums' }}
    >
      <Box component="span" sx={{ color: 'success.main' }}>
        +{additions}
      </Box>{' '}
      <Box component="span" sx={{ color: 'error.main' }}>
        −{deletions}
      </Box>
    </Box>
  );
}

/** What a run made: its patch as a difference, anything else as text; downloadable, with its digest. */
export function ArtifactView({ artifact }: { artifact: KrateArtifact }) {
  const { text, error } = useArtifactContent(artifact);
  const download = useDownload();
  const [failed, setFailed] = useState<Error>();
  const isPatch = artifact.spec.kind === 'patch' || artifact.spec.kind === 'workspace-diff';
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {artifact.spec.summary ?? artifact.metadata.name}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          {artifact.spec.kind} · {formatBytes(artifact.spec.size)}
        </Typography>
        <CopyField value={artifact.spec.digest} label="the digest" />
        <Button
          size="small"
          startIcon={<DownloadIcon />}
          sx={{ ml: 'auto', '@media print': { display: 'none' } }}
          onClick={() => download(artifact, isPatch ? 'patch' : 'txt').catch(setFailed)}
        >
          Download
        </Button>
      </Box>
      {failed && <Problem error={failed} title="The artifact could not be downloaded" />}
      {error && <Problem error={error} title="The artifact could not be read" />}
      {text === undefined && !error && <SkeletonRows rows={6} height={20} />}
      {text !== undefined && (isPatch ? <Patch text={text} /> : <PlainText text={text} />)}
    </Box>
  );
}

function Patch({ text }: { text: string }) {
  const files = useMemo(() => parsePatch(text), [text]);
  if (files.length === 0) return <PlainText text={text} />;
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {files.map(file => (
        <PatchFileView key={file.path} file={file} />
      ))}
    </Box>
  );
}

function PatchFileView({ file }: { file: PatchFile }) {
  const [open, setOpen] = useState(file.parts.length <= LARGE_FILE);
  return (
    <Box
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        overflow: 'hidden',
        bgcolor: 'background.paper',
      }}
    >
      <Box
        sx={{
          display: 'flex',
          gap: 1.5,
          alignItems: 'center',
          px: 1.5,
          minHeight: 36,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 12.5, overflowWrap: 'anywhere' }}>
          {file.from ? `${file.from} → ${file.path}` : file.path}
        </Box>
        {file.change !== 'changed' && (
          <Typography variant="caption" color="text.secondary">
            {file.change}
          </Typography>
        )}
        <Box sx={{ ml: 'auto', flexShrink: 0 }}>
          <Changes additions={file.additions} deletions={file.deletions} />
        </Box>
      </Box>
      {file.binary && (
        <Typography variant="body2" color="text.secondary" sx={{ px: 1.5, py: 1 }}>
          A binary file; its change is not shown.
        </Typography>
      )}
      {!open && (
        <Button onClick={() => setOpen(true)}>Show {file.parts.length.toLocaleString('en')} lines</Button>
      )}
      {open && file.parts.length > 0 && <DiffLines parts={file.parts} label={`Change of ${file.path}`} />}
    </Box>
  );
}

function PlainText({ text }: { text: string }) {
  return <CodeBlock text={text || 'Empty.'} label="Content" maxHeight={480} />;
}
