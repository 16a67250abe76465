/** Somebody's requests over HTTP, and a record of what the server said yes to: none of it may be lost. */
const GROUP = '/apis/krate.a5c.ai/v1alpha1';

export class Api {
  constructor(url, token, namespace) {
    Object.assign(this, { url: `${url}/api/krate`, token, namespace });
    this.acknowledged = new Map();
  }

  async request(method, path, body, type = 'application/json') {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': type } : {}) },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.json();
    if (!response.ok)
      throw Object.assign(new Error(`${method} ${path}: ${response.status} ${answer.message}`), {
        status: response.status,
      });
    return answer;
  }

  path(plural, name = '') {
    return `${GROUP}/namespaces/${this.namespace}/${plural}${name && `/${name}`}`;
  }

  async create(kind, plural, name, spec) {
    const metadata = name.endsWith('-') ? { generateName: name } : { name };
    const made = await this.request('POST', this.path(plural), {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind,
      metadata,
      spec,
    });
    this.acknowledged.set(`${plural}/${made.metadata.name}`, made.metadata.uid);
    return made;
  }

  patch(plural, name, patch) {
    return this.request('PATCH', this.path(plural, name), patch, 'application/merge-patch+json');
  }

  get(plural, name) {
    return this.request('GET', this.path(plural, name));
  }

  async list(plural) {
    return (await this.request('GET', this.path(plural))).items;
  }

  /** Writes one small object after another until it is stopped, also into the moment of a kill. */
  scribble(word) {
    let stopped = false;
    let count = 0;
    const writing = (async () => {
      while (!stopped) {
        count += 1;
        await this.create('Team', 'teams', `${word}-${count}`, { displayName: word }).catch(() => undefined);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    })();
    return async () => {
      stopped = true;
      await writing;
    };
  }

  /** What was acknowledged and is not there, or is another object of the same name. */
  async lost() {
    const plurals = new Set([...this.acknowledged.keys()].map(key => key.split('/')[0]));
    const present = new Map();
    for (const plural of plurals) {
      for (const { metadata } of await this.list(plural))
        present.set(`${plural}/${metadata.name}`, metadata.uid);
    }
    return [...this.acknowledged].filter(([key, uid]) => present.get(key) !== uid).map(([key]) => key);
  }
}
