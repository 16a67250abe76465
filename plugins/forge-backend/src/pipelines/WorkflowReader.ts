import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { MAX_WORKFLOW_BYTES, parseWorkflow, Workflow } from './parseWorkflow';
import { readBlob } from '../git/readBlob';
import { readTree } from '../git/readTree';

const DIRECTORY = '.krate/pipelines';
const MAX_FILES = 20;
const CACHED = 500;

/** Reads the workflow files of a commit. They never change, so each commit is read once. */
export class WorkflowReader {
  private readonly cache = new Map<string, Promise<Workflow[]>>();

  constructor(private readonly repositories: GitRepositories) {}

  read(key: RepositoryKey, sha: string): Promise<Workflow[]> {
    const id = `${this.repositories.directory(key)} ${sha}`;
    const known = this.cache.get(id);
    if (known) return known;
    const reading = this.readNow(key, sha);
    this.cache.set(id, reading);
    reading.catch(() => this.cache.delete(id));
    if (this.cache.size > CACHED) this.cache.delete(this.cache.keys().next().value!);
    return reading;
  }

  private async readNow(key: RepositoryKey, sha: string): Promise<Workflow[]> {
    const { git } = this.repositories;
    const gitDir = this.repositories.directory(key);
    const tree = await readTree(git, gitDir, sha, DIRECTORY, 1000);
    const files = (tree?.entries ?? [])
      .filter(({ type, name }) => type === 'file' && /^[^\r\n]+\.ya?ml$/.test(name))
      .slice(0, MAX_FILES);
    const workflows = await Promise.all(
      files.map(async ({ name, path }) => {
        const blob = await readBlob(git, gitDir, sha, path, MAX_WORKFLOW_BYTES + 1);
        return parseWorkflow(name, blob?.content.toString('utf8') ?? '');
      }),
    );
    // `ci.yml` beside `ci.yaml`: one of them would win by chance.
    return workflows.map((workflow, index) => {
      const twice = workflows.findIndex(({ name }) => name === workflow.name) !== index;
      return twice
        ? { name: `${workflow.name}-2`, problem: `Two files are called ${workflow.name}` }
        : workflow;
    });
  }
}
