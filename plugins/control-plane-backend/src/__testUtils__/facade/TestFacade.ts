import { JsonObject } from '@krate/resource-model';
import type { Test } from 'supertest';
import { TestPlane } from '../TestPlane';
import { AnswerCheck, answerCheck } from './answerCheck';

/** Requests of one person to the REST facade. */
export interface TestCaller {
  send(method: string, path: string, body?: unknown): Test;
  get(path: string): Test;
  post(path: string, body?: unknown): Test;
  delete(path: string): Test;
}

/** The REST facade of a real control plane. Every answer is held to the OpenAPI document that the server itself serves. */
export class TestFacade {
  private constructor(
    readonly plane: TestPlane,
    readonly document: JsonObject,
    private readonly check: AnswerCheck,
  ) {}

  static async start(options: Parameters<typeof TestPlane.start>[0] = {}): Promise<TestFacade> {
    const plane = await TestPlane.start(options);
    const { body } = await plane.http('admin').get('/api/openapi.json');
    return new TestFacade(plane, body, answerCheck(body));
  }

  /** A person by their login; nobody without one. `admin` administers the platform. */
  as(login?: string): TestCaller {
    return this.caller(() => this.plane.http(login));
  }

  withToken(token: string): TestCaller {
    return this.caller(() => this.plane.withToken(token));
  }

  organization(name: string): Promise<string> {
    return this.plane.organization(name);
  }

  member(organization: string, login: string, role: string): Promise<void> {
    return this.plane.member(`krate-org-${organization}`, login, role);
  }

  stop(): Promise<void> {
    return this.plane.stop();
  }

  private caller(agent: () => ReturnType<TestPlane['http']>): TestCaller {
    const send = (method: string, path: string, body?: unknown) => {
      const methods = agent() as unknown as Record<string, (path: string) => Test>;
      const test = methods[method.toLowerCase()](path);
      void test.expect(response => this.check(method, path, response));
      return body === undefined
        ? test
        : test.set('Content-Type', 'application/json').send(JSON.stringify(body));
    };
    return {
      send,
      get: path => send('GET', path),
      post: (path, body) => send('POST', path, body),
      delete: path => send('DELETE', path),
    };
  }
}
