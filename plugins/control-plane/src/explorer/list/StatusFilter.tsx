import { FieldRule, fieldsOf, KindInfo, statusWords } from '@krate/plugin-control-plane-react';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMemo, useState } from 'react';

const CONDITION_WORDS: Record<string, string> = { True: 'Yes', False: 'No', Unknown: 'Not known' };

/** Phases and conditions of the kind, to choose from. Nothing is shown for a kind that has neither. */
export function StatusFilter({
  kind,
  rules,
  onChange,
}: {
  kind: KindInfo;
  rules: readonly FieldRule[];
  onChange(rules: readonly FieldRule[]): void;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const groups = useMemo(() => groupsOf(kind), [kind]);
  if (groups.length === 0) return null;
  const chosen = rules.filter(rule =>
    groups.some(({ path }) => path === rule.path && rule.operator === 'In'),
  );

  const valuesOf = (path: string) => chosen.find(rule => rule.path === path)?.values ?? [];
  const toggle = (path: string, value: string) => {
    const before = valuesOf(path);
    const values = before.includes(value) ? before.filter(known => known !== value) : [...before, value];
    const others = rules.filter(rule => !(rule.path === path && rule.operator === 'In'));
    onChange(values.length > 0 ? [...others, { path, operator: 'In', values }] : others);
  };
  return (
    <>
      <Button
        size="small"
        color="inherit"
        endIcon={<ExpandIcon />}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ height: 34, px: 1.25 }}
      >
        Status
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        MenuListProps={{ dense: true, 'aria-label': 'Status' }}
        slotProps={{ paper: { sx: { maxHeight: 420, minWidth: 200 } } }}
      >
        {groups.flatMap(({ path, label, values }) => [
          <ListSubheader key={path} role="presentation" sx={{ lineHeight: '32px', fontSize: 12 }}>
            {label}
          </ListSubheader>,
          ...values.map(value => {
            const checked = valuesOf(path).includes(value);
            return (
              <MenuItem
                key={`${path} ${value}`}
                role="menuitemcheckbox"
                aria-checked={checked}
                onClick={() => toggle(path, value)}
              >
                <Checkbox
                  size="small"
                  tabIndex={-1}
                  checked={checked}
                  inputProps={{ 'aria-hidden': true }}
                  sx={{ p: 0, mr: 1, '& svg': { fontSize: 18 } }}
                />
                {path.startsWith('condition:') ? CONDITION_WORDS[value] : statusWords(value)}
              </MenuItem>
            );
          }),
        ])}
      </Menu>
    </>
  );
}

function groupsOf(kind: KindInfo): { path: string; label: string; values: readonly string[] }[] {
  return fieldsOf(kind).flatMap(({ path, values }) => {
    if (!values) return [];
    if (path === 'status.phase') return [{ path, label: 'Phase', values }];
    const condition = /^condition:(.+)$/.exec(path);
    return condition ? [{ path, label: statusWords(condition[1]), values }] : [];
  });
}
