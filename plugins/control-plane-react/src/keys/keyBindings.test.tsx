import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { KeyboardHelp } from './KeyboardHelp';
import { KeyBinding, useKeyBindings } from './keyBindings';

function Keys({ bindings }: { bindings: readonly KeyBinding[] }) {
  useKeyBindings(bindings);
  return <input aria-label="field" />;
}

describe('useKeyBindings', () => {
  const done: string[] = [];
  const binding = (key: string, everywhere = false): KeyBinding => ({
    key,
    description: `does ${key}`,
    everywhere,
    run: () => done.push(key),
  });
  const press = (...keys: string[]) => keys.forEach(key => fireEvent.keyDown(document.body, { key }));
  beforeEach(() => {
    done.length = 0;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    { reason: 'one key', keys: ['j'], want: ['j'] },
    { reason: 'two keys, one after another', keys: ['g', 'h'], want: ['g h'] },
    { reason: 'a sequence that leads nowhere, and then a key', keys: ['g', 'j'], want: ['j'] },
    { reason: 'a sequence begun twice', keys: ['g', 'g', 'h'], want: ['g h'] },
    { reason: 'a key that only ends a sequence', keys: ['h'], want: [] },
    { reason: 'a shifted key within a sequence', keys: ['g', 'Shift', '?'], want: ['?'] },
  ])('$reason', ({ keys, want }) => {
    render(<Keys bindings={[binding('j'), binding('g h'), binding('?')]} />);
    press(...keys);
    expect(done).toEqual(want);
  });

  it('forgets the first key of a sequence after a while', () => {
    jest.useFakeTimers();
    render(<Keys bindings={[binding('g h')]} />);
    press('g');
    jest.advanceTimersByTime(2000);
    press('h');
    expect(done).toEqual([]);
  });

  it('lets the page mounted last have the key, and leaves typing alone', () => {
    render(
      <>
        <Keys bindings={[{ ...binding('n r'), everywhere: true }]} />
        <Keys bindings={[binding('n')]} />
      </>,
    );
    press('n');
    fireEvent.keyDown(screen.getAllByLabelText('field')[0], { key: 'n' });
    expect(done).toEqual(['n']);
  });

  it('lists the keys of the page and those of every page', async () => {
    render(
      <>
        <KeyboardHelp />
        <Keys bindings={[binding('j'), binding('g h', true)]} />
      </>,
    );
    press('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keys' });
    expect(dialog).toHaveTextContent('On this pagejdoes j');
    expect(dialog).toHaveTextContent('ghdoes g h');
    await userEvent.keyboard('{Escape}');
    expect(done).toEqual([]);
  });
});
