import { Problem, RelativeTime, SkeletonRows, Markdown } from '@krate/plugin-control-plane-react';
import { PullRequest, Review } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { ReactNode, useMemo, useState } from 'react';
import { useForge } from '../api/useForge';
import { Diff } from '../api/wire';
import { DiffFiles } from '../diff/DiffFiles';
import { commentsOf, DiffSide, LineComment } from '../diff/lineComments';
import { ReviewDraft } from './useReviewDraft';

export interface FilesChangedProps {
  pull: PullRequest;
  reviews: readonly Review[];
  draft: ReviewDraft;
}

/** The whole change, with what was said about its lines and room to say more. */
export function FilesChanged({ pull, reviews, draft }: FilesChangedProps) {
  const route = `pulls/${encodeURIComponent(pull.metadata.name)}/diff`;
  const { data, error, retry } = useForge<Diff>(route, {}, `${pull.status?.headSha}:${pull.status?.baseSha}`);
  const notes = useNotes(reviews, draft);
  if (error) return <Problem error={error} title="The changes could not be read" onRetry={retry} />;
  if (!data) return <SkeletonRows rows={12} />;
  return (
    <DiffFiles
      diff={data}
      notesOf={path => notes.get(path)}
      renderForm={(path, side, line, close) => (
        <CommentForm
          onCancel={close}
          onAdd={body => {
            draft.addComment({ path, side, line, body });
            close();
          }}
        />
      )}
    />
  );
}

type FileNotes = Record<DiffSide, Record<number, ReactNode>>;

/** What stands below lines: remarks that were sent, then those that wait for the review. */
function useNotes(reviews: readonly Review[], draft: ReviewDraft): Map<string, FileNotes> {
  return useMemo(() => {
    const notes = new Map<string, FileNotes>();
    const add = ({ path, side, line }: LineComment, note: ReactNode) => {
      const file = notes.get(path) ?? { old: {}, new: {} };
      notes.set(path, file);
      file[side][line] = (
        <>
          {file[side][line]}
          {note}
        </>
      );
    };
    commentsOf(reviews)
      .filter(({ stale }) => !stale)
      .forEach((comment, index) =>
        add(
          comment,
          <Note
            key={index}
            heading={
              <>
                <strong>{comment.reviewer}</strong> · <RelativeTime time={comment.at} />
              </>
            }
            body={comment.body}
          />,
        ),
      );
    draft.comments.forEach((comment, index) =>
      add(
        comment,
        <Note
          key={`draft-${index}`}
          heading="Not sent yet"
          body={comment.body}
          action={
            <Button size="small" onClick={() => draft.removeComment(comment)}>
              Remove
            </Button>
          }
        />,
      ),
    );
    return notes;
  }, [reviews, draft]);
}

function Note({ heading, body, action }: { heading: ReactNode; body: string; action?: ReactNode }) {
  return (
    <Box
      sx={{
        m: 1,
        p: 1.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        color: 'text.primary',
        fontFamily: 'body1.fontFamily',
      }}
    >
      <Box sx={{ display: 'flex', fontSize: 12, color: 'text.secondary', mb: 0.5 }}>
        <span>{heading}</span>
        <Box sx={{ ml: 'auto' }}>{action}</Box>
      </Box>
      <Markdown text={body} />
    </Box>
  );
}

function CommentForm({ onAdd, onCancel }: { onAdd(body: string): void; onCancel(): void }) {
  const [body, setBody] = useState('');
  return (
    <Box
      sx={{
        m: 1,
        p: 1.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        display: 'grid',
        gap: 1,
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && body.trim()) onAdd(body);
      }}
    >
      <TextField
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
        autoFocus
        multiline
        minRows={2}
        size="small"
        label="Remark on this line"
        value={body}
        onChange={event => setBody(event.target.value)}
      />
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button size="small" variant="contained" disabled={!body.trim()} onClick={() => onAdd(body)}>
          Add to the review
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </Box>
    </Box>
  );
}
