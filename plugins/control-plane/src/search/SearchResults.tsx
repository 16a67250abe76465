import type { SearchResult } from '@backstage/plugin-search-common';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { Link, useKeyboardList } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { typeWords } from './documentTypes';

/** Found words are heavier, in the text's own colour: it is legible in both themes. */
const MARKED = { '& mark': { bgcolor: 'action.selected', color: 'text.primary', fontWeight: 600 } };
/** How much of a long text stands before the first word that was found. */
const BEFORE = 80;

function aroundFirst(text: string, mark: string): string {
  const at = text.indexOf(mark);
  if (at <= BEFORE) return text;
  return `… ${text.slice(text.indexOf(' ', at - BEFORE) + 1)}`;
}

/** What was found, best first. */
export function SearchResults({ results }: { results: readonly SearchResult[] }) {
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const { active } = useKeyboardList(results.length, {
    onMove: index => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    onOpen: index => navigate(results[index].document.location),
  });
  return (
    <Paper
      ref={list}
      component="ul"
      variant="outlined"
      aria-label="Results"
      sx={{ listStyle: 'none', m: 0, p: 0 }}
    >
      {results.map((result, index) => (
        <Result
          key={`${result.type} ${result.document.location}`}
          result={result}
          chosen={index === active}
          first={index === 0}
        />
      ))}
    </Paper>
  );
}

function Result({ result, chosen, first }: { result: SearchResult; chosen: boolean; first: boolean }) {
  const { type, document, highlight } = result;
  const { organization, kind } = document as { organization?: string; kind?: string };
  const words = type === 'krate-resource' && kind ? kind : typeWords(type);
  const marked = (field: 'title' | 'text') =>
    highlight?.fields[field] ? (
      <HighlightedSearchResultText
        text={aroundFirst(highlight.fields[field], highlight.preTag)}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      document[field]
    );
  return (
    <Box
      component="li"
      sx={{
        px: 2,
        py: 1.25,
        borderTop: first ? 0 : 1,
        borderColor: 'divider',
        bgcolor: chosen ? 'action.selected' : undefined,
      }}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', minWidth: 0 }}>
        <Link
          to={document.location}
          sx={{ fontWeight: 600, overflowWrap: 'anywhere', fontSize: 14, ...MARKED }}
        >
          {marked('title')}
        </Link>
        <Chip size="small" variant="outlined" label={words} sx={{ ml: 'auto', flexShrink: 0 }} />
        {organization && (
          <Typography component="span" variant="caption" color="text.secondary" sx={{ flexShrink: 0 }}>
            {organization}
          </Typography>
        )}
      </Box>
      <Typography
        variant="body2"
        color="text.secondary"
        sx={{
          display: '-webkit-box',
          WebkitLineClamp: 2,
          WebkitBoxOrient: 'vertical',
          overflow: 'hidden',
          overflowWrap: 'anywhere',
          ...MARKED,
        }}
      >
        {marked('text')}
      </Typography>
    </Box>
  );
}
