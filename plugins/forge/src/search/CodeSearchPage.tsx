import {
  EmptyState,
  PageFrame,
  Problem,
  SkeletonRows,
  useAddressParameter,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { MatchGroup } from './MatchGroup';
import { groupMatches } from './groupMatches';
import { useCodeSearch } from './useCodeSearch';

/** Text in the default branches of an organization's repositories. What is sought is in the address. */
export function CodeSearchPage() {
  const { organization } = useOrganization();
  const [query, setQuery] = useAddressParameter('q');
  const [repository, setRepository] = useAddressParameter('repository');
  const [regex, setRegex] = useAddressParameter('regex');
  const [exactCase, setExactCase] = useAddressParameter('case');
  const [text, setText] = useState(query);
  const { data, loading, error, retry } = useCodeSearch(organization, {
    q: query,
    repository,
    regex,
    case: exactCase,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setQuery(text.trim());
  };
  const groups = groupMatches(data?.items ?? []);
  return (
    <PageFrame
      title="Code search"
      organization={organization}
      lede="In the default branches of every repository that you may read."
    >
      <Box
        component="form"
        role="search"
        onSubmit={submit}
        sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center', mb: 2 }}
      >
        <TextField
          size="small"
          value={text}
          onChange={event => setText(event.target.value)}
          placeholder="Text to look for"
          inputProps={{ 'aria-label': 'Text to look for', minLength: 2, maxLength: 200, spellCheck: false }}
          sx={{ flex: 1, minWidth: 240 }}
        />
        <Button type="submit" variant="contained" disabled={text.trim().length < 2}>
          Search
        </Button>
        <Option label="Regular expression" value={regex} onChange={setRegex} />
        <Option label="Match case" value={exactCase} onChange={setExactCase} />
        {repository && (
          <Button size="small" onClick={() => setRepository('')}>
            Only in {repository}: show all
          </Button>
        )}
      </Box>
      <Box aria-live="polite" sx={{ fontSize: 13, color: 'text.secondary', mb: 1 }}>
        {data &&
          `${counted(data.items.length, 'line')} in ${counted(groups.length, 'file')}; ${counted(data.searched, 'repository', 'repositories')} searched`}
        {data && data.unfinished.length > 0 && `; there is more in ${data.unfinished.slice(0, 5).join(', ')}`}
      </Box>
      {error && <Problem error={error} title="The search failed" onRetry={retry} />}
      {loading && <SkeletonRows rows={8} />}
      {!query && (
        <EmptyState title="What are you looking for?">
          A name, a message, a piece of code: two characters at least.
        </EmptyState>
      )}
      {data && groups.length === 0 && (
        <EmptyState title={`Nothing has “${query}”`}>
          It looks at default branches only, and not in binary files.
        </EmptyState>
      )}
      <Box sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
        {groups.map(group => (
          <MatchGroup key={group.key} group={group} organization={organization} />
        ))}
      </Box>
    </PageFrame>
  );
}

function Option({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          size="small"
          checked={value === '1'}
          onChange={event => onChange(event.target.checked ? '1' : '')}
        />
      }
    />
  );
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
