import ArrowDownIcon from '@mui/icons-material/ArrowDownwardOutlined';
import ArrowUpIcon from '@mui/icons-material/ArrowUpwardOutlined';
import ButtonBase from '@mui/material/ButtonBase';

/** By which column a table is sorted. */
export interface RowSort {
  column: string;
  direction: 'ascending' | 'descending';
}

/** The heading of a column as a button that sorts by it. */
export function SortButton({
  name,
  sort,
  onSort,
}: {
  name: string;
  sort: RowSort | undefined;
  onSort(column: string): void;
}) {
  const own = sort?.column === name ? sort.direction : undefined;
  const Icon = own === 'descending' ? ArrowDownIcon : ArrowUpIcon;
  return (
    <ButtonBase
      onClick={() => onSort(name)}
      sx={{
        font: 'inherit',
        gap: 0.25,
        borderRadius: 0.5,
        '& svg': { opacity: own ? 1 : 0 },
        '&:hover': { color: 'text.primary' },
        '&:hover svg, &:focus-visible svg': { opacity: own ? 1 : 0.5 },
        '&:focus-visible': { outline: '2px solid currentColor', outlineOffset: 1 },
      }}
    >
      {name}
      <Icon sx={{ fontSize: 13 }} aria-hidden />
    </ButtonBase>
  );
}
