import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { Authenticator } from '../identity/Authenticator';
import { createDocumentationRouter } from './createDocumentationRouter';

/** Whoever sends credentials is Ada. */
const authenticator = {
  authenticate: async ({ headers }: express.Request) => ({
    principal: headers.authorization ? { type: 'user', name: 'ada' } : { type: 'anonymous' },
  }),
} as unknown as Authenticator;

describe('the documentation', () => {
  let home: string;
  const serve = (directory: string) =>
    express().use(
      createDocumentationRouter({ directory, authenticator, logger: mockServices.logger.mock() }),
    );
  const get = (path: string) =>
    request(serve(join(home, 'docs')))
      .get(path)
      .set('authorization', 'Bearer x');

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'krate-'));
    await mkdir(join(home, 'docs/guides'), { recursive: true });
    await writeFile(join(home, 'docs/guides/tour.md'), '# The tour\n\nText');
    await writeFile(join(home, 'docs/guides/a.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(home, 'docs/notes.txt'), 'not a page');
    await writeFile(join(home, 'secret.md'), 'secret');
    await symlink(join(home, 'secret.md'), join(home, 'docs/out.md'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it('lists its pages by title', async () => {
    expect((await get('/documentation')).body.items).toContainEqual({
      path: 'guides/tour',
      title: 'The tour',
    });
  });

  it.each([
    { reason: 'a page', path: 'guides/tour.md', status: 200 },
    { reason: 'a picture', path: 'guides/a.svg', status: 200 },
    { reason: 'a file of another type', path: 'notes.txt', status: 404 },
    { reason: 'a file that is not there', path: 'guides/none.md', status: 404 },
    { reason: 'a file as a directory', path: 'guides/tour.md/x.md', status: 404 },
    { reason: 'a way out', path: '..%2fsecret.md', status: 404 },
    { reason: 'a link that leads out', path: 'out.md', status: 404 },
  ])('$reason: $status', async ({ path, status }) => {
    const response = await get(`/documentation/${path}`);
    expect(response.status).toBe(status);
    expect(response.text ?? '').not.toContain('secret\n');
  });

  it('wants a sign-in', async () => {
    expect((await request(serve(join(home, 'docs'))).get('/documentation')).status).toBe(401);
  });

  it('has no pages where there is no directory', async () => {
    const response = await request(serve(join(home, 'none')))
      .get('/documentation')
      .set('authorization', 'x');
    expect(response.body).toEqual({ items: [] });
  });
});
