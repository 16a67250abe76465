import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentRunInput } from './AgentRunTypes';
import { Layout } from './Layout';
import { programOf } from './launchPlan';

describe('programOf', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-program-'));
    await mkdir(join(directory, 'lib'));
    await writeFile(join(directory, 'lib/agent'), '#!/bin/sh\n');
    await chmod(join(directory, 'lib/agent'), 0o755);
    await symlink('lib/agent', join(directory, 'agent'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const plan = (command: string[]) =>
    programOf({ launch: { command } } as AgentRunInput, new Layout(directory));

  it('leaves a program that is looked for by name to the search path inside', async () => {
    expect(await plan(['opencode', 'acp'])).toMatchObject({ command: ['opencode', 'acp'] });
  });

  it('shows the directory that a program elsewhere really lies in, and starts it there', async () => {
    expect(await plan([join(directory, 'agent'), 'acp'])).toMatchObject({
      command: [join(directory, 'lib/agent'), 'acp'],
      readOnlyPaths: [join(directory, 'lib')],
    });
  });

  it('says which program is not there', async () => {
    await expect(plan([join(directory, 'gone')])).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('gone'),
    });
  });
});
