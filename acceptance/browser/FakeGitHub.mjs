import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A fake of GitHub's OAuth endpoints, as an Enterprise instance has them: a page with one button, codes that work once, and
 * the profile of {@link account}. GitHub itself cannot be reached from a test.
 */
export class FakeGitHub {
  account = { id: 4711, login: 'ada-at-github', name: 'Ada at GitHub' };
  #codes = new Set();
  #tokens = new Set();
  #server = createServer((request, response) => this.#answer(new URL(request.url, this.url), response));

  static async start() {
    const fake = new FakeGitHub();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer({ pathname, searchParams }, response) {
    const json = body => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
    switch (pathname) {
      case '/login/oauth/authorize': {
        const code = randomUUID();
        this.#codes.add(code);
        const back = new URL(searchParams.get('redirect_uri'));
        back.searchParams.set('code', code);
        back.searchParams.set('state', searchParams.get('state'));
        response.setHeader('Content-Type', 'text/html');
        return response.end(
          `<h1>A fake of GitHub</h1><a href="${back.href.replaceAll('&', '&amp;')}">Authorize</a>`,
        );
      }
      case '/login/oauth/access_token': {
        const token = randomUUID();
        this.#tokens.add(token);
        return json({ access_token: token, token_type: 'bearer', scope: 'read:user' });
      }
      case '/api/v3/user':
        return json(this.account);
      default:
        return response.writeHead(404).end();
    }
  }
}
