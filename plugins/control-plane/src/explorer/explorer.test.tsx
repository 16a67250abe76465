import { renderTestApp } from '@backstage/frontend-test-utils';
import { Secret, View } from '@krate/plugin-control-plane-common';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { ApiError, Resource } from '@krate/resource-model';
import '@testing-library/jest-dom';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { controlPlanePlugin } from '../plugin';
import { aWidget, Widget } from '../__testUtils__/aWidget';
import { FakeServer } from '../__testUtils__/FakeServer';

// Pages are loaded when they are opened, which takes a while the first time.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 20_000 });
// The editor needs a layout that jsdom does not have; what it is given and what it gives back is what counts here.
jest.mock('@krate/plugin-control-plane-react/src/editor/YamlEditor', () => ({
  __esModule: true,
  default: ({ value, label, onChange }: { value: string; label: string; onChange(text: string): void }) => (
    <textarea aria-label={label} value={value} onChange={event => onChange(event.target.value)} />
  ),
}));

function open(address: string, objects: readonly Resource[] = []) {
  const server = new FakeServer([Widget, View, Secret], objects);
  const { unmount } = renderTestApp({
    features: [controlPlanePlugin],
    initialRouteEntries: [address],
    apis: [[krateApiRef, server.api]],
  });
  return Object.assign(server, { unmount });
}

beforeEach(() => window.localStorage.clear());
const isDraft = (key: string) => key.startsWith('krate.draft/');
const names = () => screen.getAllByRole('rowheader').map(cell => cell.textContent);
const yaml = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Manifest' });

describe('the index', () => {
  it('has every kind with its count, and says which no controller acts on', async () => {
    open('/orgs/acme/explorer', [aWidget('one'), aWidget('two')]);
    const widget = (await screen.findByRole('link', { name: 'Widget' })).closest('li')!;
    await waitFor(() => expect(widget).toHaveTextContent('2'));
    expect(widget).toHaveTextContent('No controller installed');
    expect(screen.getByRole('link', { name: 'Secret' }).closest('li')).not.toHaveTextContent('No controller');
  });

  it('finds a kind by a part of what it is called or for', async () => {
    open('/orgs/acme/explorer?q=colour');
    await screen.findByRole('link', { name: 'Widget' });
    expect(screen.queryByRole('link', { name: 'Secret' })).not.toBeInTheDocument();
  });
});

describe('the list', () => {
  const widgets = () => [
    aWidget('a', { color: 'red' }, {}, { phase: 'Idle' }),
    aWidget('b', { color: 'blue' }, {}, { phase: 'Busy' }),
    aWidget('c', { color: 'red' }, {}, { phase: 'Busy' }),
  ];

  it('shows the filters of its address, and follows changes', async () => {
    const server = open('/orgs/acme/explorer/widgets?field=status.phase%3DBusy&sort=-Name', widgets());
    await waitFor(() => expect(names()).toEqual(['c', 'b']));
    act(() => server.put(aWidget('d', {}, {}, { phase: 'Busy' })));
    await waitFor(() => expect(names()).toEqual(['d', 'c', 'b']));
  });

  it('sorts by a column', async () => {
    open('/orgs/acme/explorer/widgets', widgets());
    await userEvent.click(await screen.findByRole('button', { name: 'Color' }));
    await waitFor(() => expect(names()).toEqual(['b', 'a', 'c']));
    expect(screen.getByRole('columnheader', { name: 'Color' })).toHaveAttribute('aria-sort', 'ascending');
  });

  it('saves what it shows as a view', async () => {
    const server = open('/orgs/acme/explorer/widgets?field=spec.color%3Dred', widgets());
    const patch = jest.fn(async (_kind: unknown, _namespace: unknown, object: any) => object);
    server.api.create = patch as never;
    await userEvent.click(await screen.findByRole('button', { name: 'Views' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Save this list…' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /Name/ }), 'Red ones');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(patch).toHaveBeenCalled());
    expect(patch.mock.calls[0][2]).toMatchObject({
      metadata: { name: 'widgets-red-ones' },
      spec: {
        displayName: 'Red ones',
        kind: 'Widget',
        visibility: 'private',
        selector: { fields: [{ path: 'spec.color', operator: 'In', values: ['red'] }] },
      },
    });
  });

  it('selects with x and deletes what may be deleted, after its count was typed', async () => {
    const server = open('/orgs/acme/explorer/widgets', widgets());
    server.denied.add('delete');
    server.on(/^DELETE/, () => ({}));
    await screen.findByRole('rowheader', { name: 'a' });
    await userEvent.keyboard('jxjxjx');
    await userEvent.click(screen.getByRole('button', { name: 'Delete…' }));
    await waitFor(() => expect(screen.getByRole('dialog')).toHaveTextContent('3 you may not change'));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

    server.denied.clear();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole('button', { name: 'Delete…' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(await within(dialog).findByRole('textbox'), 'delete 3');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete 3' }));
    await waitFor(() => expect(dialog).toHaveTextContent('3 deleted'));
    expect(server.writes).toHaveLength(3);
  });

  it('teaches when there is nothing', async () => {
    open('/orgs/acme/explorer/widgets');
    expect(await screen.findByText('No widgets yet')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Make the first Widget' })).toBeInTheDocument();
  });

  it('says what failed', async () => {
    const server = open('/orgs/acme/explorer/widgets');
    server.on(/^GET .*widgets\?/, () => {
      throw new ApiError('Forbidden', 'widgets is forbidden');
    });
    expect(await screen.findByText(/widgets is forbidden/)).toBeInTheDocument();
  });

  it('says that there is no such kind', async () => {
    open('/orgs/acme/explorer/gadgets');
    expect(await screen.findByText('This server has no kind called gadgets')).toBeInTheDocument();
  });
});

describe('an object', () => {
  it('shows what is wanted with its references as links, and keeps what was deleted under one’s eyes', async () => {
    const one = aWidget('one', { peer: 'two' });
    const server = open('/orgs/acme/explorer/widgets/one', [one]);
    expect(await screen.findByRole('link', { name: 'two' })).toHaveAttribute(
      'href',
      '/orgs/acme/explorer/widgets/two',
    );
    act(() => server.remove(one));
    expect(await screen.findByText(/This object was deleted/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'two' })).toBeInTheDocument();
  });

  it('tells its changes with who made them and what differs', async () => {
    const server = open('/orgs/acme/explorer/widgets/one/history', [aWidget('one', { color: 'blue' })]);
    server.on(/history$/, () => ({
      items: [
        {
          resourceVersion: '2',
          time: '2026-01-02T00:00:00Z',
          principal: 'grace',
          action: 'patch',
          object: aWidget('one', { color: 'blue' }),
        },
        {
          resourceVersion: '1',
          time: '2026-01-01T00:00:00Z',
          principal: 'ada',
          action: 'create',
          object: aWidget('one'),
        },
      ],
    }));
    expect(await screen.findByText('grace')).toBeInTheDocument();
    const diff = screen.getByRole('region', { name: 'Lines that differ' });
    expect(within(diff).getByText(/color: red/)).toBeInTheDocument();
    expect(within(diff).getByText(/color: blue/)).toBeInTheDocument();
  });
});

describe('the form', () => {
  it('makes an object: form and text follow one another, the server’s refusal stands at its field', async () => {
    const server = open('/orgs/acme/create/widgets');
    server.on(/^POST .*widgets\?.*dryRun=All/, body => {
      if (body.spec.peer !== 'nobody')
        return { ...aWidget(body.metadata.name), spec: { size: 3, ...body.spec } };
      const causes = [
        { reason: 'FieldValueNotFound', message: 'there is no Widget "nobody"', field: 'spec.peer' },
      ];
      throw new ApiError('Invalid', 'it is invalid', { causes });
    });
    server.on(/^POST (?!.*dryRun)/, body => {
      const made = aWidget(body.metadata.name, body.spec);
      server.put(made);
      return made;
    });

    const review = await screen.findByRole('button', { name: 'Review and create' });
    expect(screen.getByRole('status', { name: 'Faults' })).toHaveTextContent('metadata.name');
    await userEvent.type(screen.getByRole('textbox', { name: /^Name/ }), 'new-one');
    expect((await yaml()).value).toContain('name: new-one');
    await userEvent.type(screen.getByRole('combobox', { name: /^Peer/ }), 'nobody');
    await userEvent.click(review);
    expect(await screen.findByText('There is no Widget "nobody"')).toHaveClass('Mui-error');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    await userEvent.clear(screen.getByRole('combobox', { name: /^Peer/ }));
    await userEvent.click(review);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('size: 3');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('Widget/acme/new-one')).toBeInTheDocument();
    expect(server.writes.map(({ path }) => path.includes('dryRun'))).toEqual([true, true, false]);
  });

  it('follows the object while nothing was changed, and shows what somebody else changed after that', async () => {
    const server = open('/orgs/acme/explorer/widgets/one/edit', [aWidget('one', { serial: 's1' })]);
    const later = (color: string, version: string, size = 3) =>
      aWidget('one', { color, serial: 's1', size }, { resourceVersion: version });
    await yaml();
    expect(screen.getByRole('textbox', { name: /^Serial/ })).toBeDisabled();
    act(() => server.put(later('blue', '2')));
    await waitFor(async () => expect((await yaml()).value).toContain('color: blue'));

    await userEvent.clear(screen.getByRole('textbox', { name: /^Size/ }));
    await userEvent.type(screen.getByRole('textbox', { name: /^Size/ }), '5');
    act(() => server.put(later('red', '3')));
    expect(await screen.findByText(/changed this object while you edit it/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Review and save' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Bring it in' }));
    const { value } = await yaml();
    expect(value).toContain('color: red');
    expect(value).toContain('size: 5');
  });

  it('keeps what was not saved, and offers it at the next visit', async () => {
    const address = '/orgs/acme/explorer/widgets/one/edit';
    const first = open(address, [aWidget('one')]);
    await userEvent.clear(await screen.findByRole('textbox', { name: /^Size/ }));
    await userEvent.type(screen.getByRole('textbox', { name: /^Size/ }), '5');
    first.unmount();

    const later = aWidget('one', { color: 'blue' }, { resourceVersion: '2' });
    const server = open(address, [later]);
    server.on(/^PUT/, body => body);
    expect(await screen.findByText(/You left changes here unsaved/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Restore draft' }));
    expect((await yaml()).value).toContain('size: 5');
    await userEvent.click(await screen.findByRole('button', { name: 'Bring it in' }));
    expect((await yaml()).value).toMatch(/color: blue[^]*size: 5/);
    expect(Object.keys(window.localStorage).filter(isDraft)).toHaveLength(1);

    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(Object.keys(window.localStorage).filter(isDraft)).toEqual([]));
  });

  it('forgets a draft that is discarded', async () => {
    const first = open('/orgs/acme/create/widgets');
    await userEvent.type(await screen.findByRole('textbox', { name: /^Name/ }), 'half');
    first.unmount();
    open('/orgs/acme/create/widgets');
    await userEvent.click(await screen.findByRole('button', { name: 'Discard draft' }));
    expect(screen.queryByText(/You left changes/)).not.toBeInTheDocument();
    expect(Object.keys(window.localStorage).filter(isDraft)).toEqual([]);
  });

  it('never shows the values of a secret, and sends new ones beside the text', async () => {
    const secret = {
      ...aWidget('key'),
      apiVersion: 'v1',
      kind: 'Secret',
      spec: undefined,
      status: undefined,
      type: 'Opaque',
      data: { token: '' },
    } as unknown as Resource;
    const server = open('/orgs/acme/explorer/secrets/key/edit', [secret]);
    server.on(/^PUT/, () => secret);
    expect(await screen.findByText('kept as it is')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Replace' }));
    const field = screen.getByLabelText('token');
    expect(field).toHaveAttribute('type', 'password');
    await userEvent.type(field, 'very secret');
    expect((await yaml()).value).not.toContain('very secret');
    expect(JSON.stringify({ ...window.localStorage })).not.toContain('secrets');
    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('A new value will be stored for token');
    expect(dialog).not.toHaveTextContent('very secret');
    expect(server.writes[0].body.stringData).toEqual({ token: 'very secret' });
  });
});
