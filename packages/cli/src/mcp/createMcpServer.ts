import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { CliError } from '../CliError';
import { version } from '../version';
import { McpTools } from './McpTools';
import { prompts } from './prompts';

const INSTRUCTIONS =
  'Every tool acts with the rights of the signed-in person. A tool that answers needsApproval has done nothing yet: give its address to the person.';

/** What clients can read without calling a tool, and the tool that reads it. */
const RESOURCES = [
  { uri: 'krate://snapshot', name: 'The organization’s configuration', tool: 'krate_snapshot' },
  { uri: 'krate://stacks', name: 'The organization’s agent stacks', tool: 'krate_list_stacks' },
];

/** Speaks MCP for one server and one person. A refusal is an answer that says so; only a call that makes no sense is an error. */
export function createMcpServer(tools: McpTools): Server {
  const server = new Server(
    { name: 'krate', version },
    { capabilities: { tools: {}, prompts: {}, resources: {} }, instructions: INSTRUCTIONS },
  );

  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: tools.list() }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: given = {} } }) => {
    if (!tools.has(name)) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${name}`);
    try {
      const answer = await tools.call(name, given);
      return {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: answer as Record<string, unknown>,
      };
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return { isError: true, content: [{ type: 'text', text: error.message }] };
    }
  });

  server.setRequestHandler(ListPromptsRequestSchema, async () => ({
    prompts: prompts.map(({ text: _, ...prompt }) => prompt),
  }));
  server.setRequestHandler(GetPromptRequestSchema, async ({ params: { name, arguments: given = {} } }) => {
    const prompt = prompts.find(each => each.name === name);
    if (!prompt) throw new McpError(ErrorCode.InvalidParams, `There is no prompt ${name}`);
    const missing = prompt.arguments.find(argument => argument.required && !given[argument.name]);
    if (missing) throw new McpError(ErrorCode.InvalidParams, `The prompt ${name} needs ${missing.name}`);
    return {
      description: prompt.description,
      messages: [{ role: 'user', content: { type: 'text', text: prompt.text(given) } }],
    };
  });

  server.setRequestHandler(ListResourcesRequestSchema, async () => ({
    resources: RESOURCES.map(({ uri, name }) => ({ uri, name, mimeType: 'application/json' })),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const resource = RESOURCES.find(each => each.uri === uri);
    if (!resource || !tools.has(resource.tool))
      throw new McpError(ErrorCode.InvalidParams, `There is no resource ${uri}`);
    const text = JSON.stringify(await tools.call(resource.tool, {}));
    return { contents: [{ uri, mimeType: 'application/json', text }] };
  });
  return server;
}
