import { useApi } from '@backstage/core-plugin-api';
import { searchApiRef } from '@backstage/plugin-search-react';
import {
  EmptyState,
  lastOrganization,
  PageFrame,
  Problem,
  SkeletonRows,
  useAddressParameter,
} from '@krate/plugin-control-plane-react';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { DOCUMENT_TYPES, typeWords } from './documentTypes';
import { SearchResults } from './SearchResults';
import { useSearch } from './useSearch';

const PAGE = 25;

/** Everything one may read, by its words. What is asked stands in the address. */
export function SearchPage() {
  const [term, setTerm] = useAddressParameter('query');
  const [type, setType] = useAddressParameter('type');
  const [organization, setOrganization] = useAddressParameter('org');
  const [limit, setLimit] = useState(PAGE);
  const here = lastOrganization();
  const searchApi = useApi(searchApiRef);
  const { results, more, loading, error, retry } = useSearch(searchApi, { term, type, organization, limit });
  const ask = (set: (value: string) => void) => (value: string) => {
    setLimit(PAGE);
    set(value);
  };

  return (
    <PageFrame
      title="Search"
      lede="Repositories, pull requests, runs, stacks, every other resource, and the documentation."
    >
      <Box
        role="search"
        sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', md: '1fr 200px 200px' }, mb: 2 }}
      >
        <TextField
          size="small"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- one comes here to type
          autoFocus
          placeholder="Search …"
          value={term}
          onChange={event => ask(setTerm)(event.target.value)}
          inputProps={{ 'aria-label': 'Search', type: 'search' }}
          InputProps={{
            startAdornment: (
              <InputAdornment position="start">
                <SearchIcon fontSize="small" />
              </InputAdornment>
            ),
          }}
        />
        <TextField
          select
          size="small"
          label="What"
          value={type}
          onChange={event => ask(setType)(event.target.value)}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
        >
          <MenuItem value="">Everything</MenuItem>
          {DOCUMENT_TYPES.map(each => (
            <MenuItem key={each} value={each}>
              {typeWords(each, 'many')}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          size="small"
          label="Where"
          value={organization}
          onChange={event => ask(setOrganization)(event.target.value)}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
        >
          <MenuItem value="">All my organizations</MenuItem>
          {[...new Set([here, organization])].filter(Boolean).map(name => (
            <MenuItem key={name} value={name}>
              Only {name}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <div aria-live="polite">
        {error && <Problem error={error} title="The search did not answer" onRetry={retry} />}
        {!term.trim() && (
          <EmptyState title="What are you looking for?">
            A name, a word of a title or description. <kbd>Ctrl</kbd> <kbd>K</kbd> finds names from every
            page.
          </EmptyState>
        )}
        {loading && results.length === 0 && <SkeletonRows rows={6} height={64} />}
        {term.trim() && !loading && !error && results.length === 0 && (
          <EmptyState title={`Nothing was found for “${term}”`}>
            Only what you may read is searched. What was made a moment ago is found a few seconds later.
          </EmptyState>
        )}
        {term.trim() && results.length > 0 && <SearchResults results={results} />}
      </div>
      {more && (
        <Button onClick={() => setLimit(limit + PAGE)} sx={{ mt: 1 }} disabled={loading}>
          More results
        </Button>
      )}
    </PageFrame>
  );
}
