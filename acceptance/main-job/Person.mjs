import { join } from 'node:path';

/** Someone who uses Krate from a terminal, with credentials of their own. */
export class Person {
  constructor(machine, name, { root, url }) {
    this.machine = machine;
    this.name = name;
    this.url = url;
    this.root = root;
    this.environment = {
      KRATE_CONFIG: join(machine.home, `${name}.krate.json`),
      KUBECONFIG: join(machine.home, `${name}.kubeconfig`),
    };
  }

  krate(...args) {
    return this.machine.exec(join(this.root, 'node_modules/.bin/krate'), args, { env: this.environment });
  }

  kubectl(...args) {
    return this.machine.exec('kubectl', args, { env: this.environment });
  }

  async apply(manifests) {
    const file = this.machine.write(
      `${this.name}-${Date.now()}.json`,
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [manifests].flat() }),
    );
    return this.kubectl('apply', '-f', file);
  }

  async get(kind, name, namespace) {
    return JSON.parse(await this.kubectl('get', kind, name, '-n', namespace, '-o', 'json'));
  }

  async list(kind, namespace) {
    return JSON.parse(await this.kubectl('get', kind, '-n', namespace, '-o', 'json')).items;
  }

  /** Signs in with a single-use link, then fetches a kubeconfig. */
  async signIn(link) {
    await this.krate('login', link);
    this.machine.write(`${this.name}.kubeconfig`, await this.krate('kubeconfig'));
  }

  /** git with this person's token, handed over by krate's credential helper. */
  git(cwd, ...args) {
    const helper = `!'${join(this.root, 'node_modules/.bin/krate')}' git-credential`;
    return this.machine.exec(
      'git',
      [
        '-c',
        `credential.helper=${helper}`,
        '-c',
        `user.name=${this.name}`,
        '-c',
        `user.email=${this.name}@story.example`,
        ...args,
      ],
      { cwd, env: this.environment },
    );
  }
}
