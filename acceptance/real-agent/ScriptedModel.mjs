/**
 * A fake: an OpenAI-compatible model on loopback that answers from a script, one step for each tool result it has seen.
 * It stands for the one thing that cannot be had offline, a language model; the agent program in front of it is real.
 */
import { createServer } from 'node:http';

const USAGE = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };

export class ScriptedModel {
  /** `steps`: each `{ tool, input }` is a tool call, the last `{ say }` ends the turn. `key` must come as bearer token. */
  constructor({ steps, key }) {
    this.steps = steps;
    this.key = key;
    this.calls = 0;
    this.refused = 0;
    this.server = createServer((request, response) => this.#answer(request, response));
  }

  async listen() {
    await new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.server.address().port}/v1`;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(resolve));
  }

  async #answer(request, response) {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (request.headers.authorization !== `Bearer ${this.key}`) {
      this.refused += 1;
      response.writeHead(401).end();
      return;
    }
    this.calls += 1;
    const body = JSON.parse(text);
    const step = body.tools?.length ? this.#next(body.messages) : { say: 'A title' };
    if (!body.stream) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: 'c',
          object: 'chat.completion',
          choices: [
            { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: step.say ?? '' } },
          ],
          usage: USAGE,
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (delta, finish = null) =>
      response.write(
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: body.model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
      );
    if (step.say) {
      send({ role: 'assistant', content: step.say });
      send({}, 'stop');
    } else {
      const call = {
        index: 0,
        id: `call_${this.calls}`,
        type: 'function',
        function: { name: step.tool, arguments: JSON.stringify(step.input) },
      };
      send({ role: 'assistant', tool_calls: [call] });
      send({}, 'tool_calls');
    }
    response.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: body.model, choices: [], usage: USAGE })}\n\n`,
    );
    response.end('data: [DONE]\n\n');
  }

  #next(messages) {
    const done = messages.filter(message => message.role === 'tool').length;
    return this.steps[Math.min(done, this.steps.length - 1)];
  }
}
