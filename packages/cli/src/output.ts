import Table from 'cli-table3';

const FRAMELESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Writes to standard output; kept in one place so that nothing else prints there. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A note for the person, beside the data on standard output. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Columns without lines, as kubectl prints them. */
export function printTable(head: string[], rows: (string | number | undefined)[][]): void {
  const table = new Table({
    head: head.map(title => title.toUpperCase()),
    chars: FRAMELESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
  rows.forEach(row => table.push(row.map(cell => cell ?? '')));
  print(table.toString().replace(/ +$/gm, ''));
}
