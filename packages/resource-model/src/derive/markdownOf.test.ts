import { Gadget, Organization, Secret } from '../__fixtures__/sampleKinds';
import { markdownOf } from './markdownOf';

describe('markdownOf', () => {
  const page = markdownOf(Gadget);

  it.each([
    { reason: 'summary', line: 'A thing that does something on a schedule.' },
    { reason: 'docs', line: 'Gadgets run one after another.' },
    { reason: 'names', line: '| Resource | `gadgets`, `gd` |' },
    {
      reason: 'a reference',
      line: '| `spec.repository` **required** | name of a Repository |  | Where its sources are. Cannot be changed. |',
    },
    {
      reason: 'an enum with default',
      line: '| `spec.mode` | `fast` or `careful` | `"fast"` | How it works. |',
    },
    { reason: 'bounds', line: '| `spec.size` | integer | `3` | 1 to 10. |' },
    { reason: 'a list of references', line: '| `spec.peers` | list of name of a Gadget | `[]` |  |' },
    {
      reason: 'fields of items',
      line: '| `spec.steps[].name` **required** | string |  | At least 1 characters. |',
    },
    { reason: 'a map', line: '| `spec.env` | map of string | `{}` |  |' },
    { reason: 'the status', line: '| `status.runs` | integer |  |  |' },
    { reason: 'conditions', line: '| `Ready` | `Available`, `RepositoryMissing` |' },
    {
      reason: 'actions',
      line: '| decide | `spec.decision` | maintainer | `spec.decidedBy`, `spec.decidedAt` | once |',
    },
    { reason: 'columns', line: '| Steps (wide) | `spec.steps.name` |' },
    { reason: 'the example', line: '  repository: tools' },
  ])('tells $reason', ({ line }) => {
    expect(page.split('\n')).toContain(line);
  });

  it('shows the payload of flat kinds', () => {
    expect(markdownOf(Secret)).toContain(
      '## Fields\n\n| Field | Type | Default | Description |\n| --- | --- | --- | --- |\n| `type` | string | `"Opaque"` |',
    );
  });

  it.each([
    { reason: 'who acts on it', kind: Gadget, controllers: ['gadget'], row: '| Controllers | `gadget` |' },
    { reason: 'that nobody does', kind: Gadget, controllers: [], row: '| Controllers | none installed |' },
    { reason: 'nothing of what is not known', kind: Gadget, controllers: undefined, row: undefined },
    {
      reason: 'nothing of core kinds, on which the server acts',
      kind: Secret,
      controllers: [],
      row: undefined,
    },
  ])('tells $reason', ({ kind, controllers, row }) => {
    const text = markdownOf(kind, controllers);
    expect(text.split('\n').find(line => line.startsWith('| Controllers'))).toBe(row);
    expect(text.includes('> No controller is installed')).toBe(row?.includes('none') ?? false);
  });

  it('has no empty sections', () => {
    expect(markdownOf(Organization)).not.toMatch(/## (Conditions|Actions|Selectable fields)/);
  });
});
