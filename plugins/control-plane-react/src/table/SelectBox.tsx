import { Resource } from '@krate/resource-model';
import Checkbox from '@mui/material/Checkbox';

/** Which rows are selected, and how that changes. */
export interface RowSelection<R extends Resource> {
  has(object: R): boolean;
  /** `extend`: everything from the row toggled last up to this one. */
  toggle(object: R, extend: boolean): void;
  /** Of all rows of the table. */
  all: 'none' | 'some' | 'all';
  toggleAll(): void;
}

/** Selects a row, or all of them; it lies above the row's link. */
export function SelectBox({
  label,
  checked,
  indeterminate,
  onToggle,
}: {
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  onToggle(extend: boolean): void;
}) {
  return (
    <Checkbox
      size="small"
      checked={checked}
      indeterminate={indeterminate}
      onClick={event => onToggle(event.shiftKey)}
      inputProps={{ 'aria-label': label }}
      sx={{ p: 0.5, ml: -0.75, position: 'relative', zIndex: 1, '& svg': { fontSize: 18 } }}
    />
  );
}
