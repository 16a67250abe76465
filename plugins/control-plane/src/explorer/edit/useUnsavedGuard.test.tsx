import '@testing-library/jest-dom';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BrowserRouter, Link, Route, Routes, useLocation } from 'react-router-dom';
import { installBackGuard } from '../../shell/backGuard';
import { useUnsavedGuard } from './useUnsavedGuard';

installBackGuard();

function Form() {
  const { question } = useUnsavedGuard(true, 'It would be lost.');
  return (
    <>
      <h1>The form</h1>
      <Link to="/elsewhere">Elsewhere</Link>
      {question}
    </>
  );
}

function Home() {
  return <Link to="/form">To the form</Link>;
}

function Address() {
  return <output>{useLocation().pathname}</output>;
}

/** A form that was come to from the home page. */
async function openForm() {
  window.history.pushState({}, '', '/');
  render(
    <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
      <Address />
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/form" element={<Form />} />
        <Route path="*" element={<h1>Elsewhere</h1>} />
      </Routes>
    </BrowserRouter>,
  );
  await userEvent.click(screen.getByRole('link', { name: 'To the form' }));
}

const answer = async (name: 'Leave' | 'Stay') => userEvent.click(await screen.findByRole('button', { name }));

it.each([
  { reason: 'Back', away: () => act(() => window.history.back()), to: '/' },
  {
    reason: 'a link',
    away: () => userEvent.click(screen.getByRole('link', { name: 'Elsewhere' })),
    to: '/elsewhere',
  },
])('$reason leaves only after it was asked', async ({ away, to }) => {
  await openForm();
  await away();
  await answer('Stay');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(window.location.pathname).toBe('/form');
  expect(screen.getByRole('status')).toHaveTextContent(/^\/form$/);

  await away();
  await answer('Leave');
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent(new RegExp(`^${to}$`)));
  expect(window.location.pathname).toBe(to);
});

it('closing the tab is held up', async () => {
  await openForm();
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
});
