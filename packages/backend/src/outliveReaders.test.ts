import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Logs whatever is uncaught, as the backend does, and says at its end how often that was. */
const PROGRAM = `
  import { outliveReaders } from ${JSON.stringify(join(__dirname, 'outliveReaders.ts'))};
  let uncaught = 0;
  process.on('uncaughtException', error => { uncaught += 1; console.log(String(error)); });
  if (process.argv[1] === 'outlive') outliveReaders();
  const logging = setInterval(() => console.log('a line'), 5);
  setTimeout(() => { clearInterval(logging); process.exit(Math.min(uncaught, 99)); }, 500);
`;

/** The exit code of a program whose output nobody reads any more. */
async function exitOf(mode: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', PROGRAM, mode],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'exit');
  return code;
}

describe('outliveReaders', () => {
  it('keeps a process from logging that it cannot log', async () => {
    expect(await exitOf('outlive')).toBe(0);
  });

  it('is needed', async () => {
    expect(await exitOf('as it is')).toBeGreaterThan(0);
  });
});
