import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ApiClient } from '../ApiClient';
import { createMcpServer } from './createMcpServer';
import { McpTools } from './McpTools';

/** Answers on stdout what is asked on stdin, until stdin ends. */
export async function serveMcp(client: ApiClient, organization: string | undefined): Promise<void> {
  const server = createMcpServer(await McpTools.load(client, organization));
  const over = new Promise<void>(resolve => {
    server.onclose = resolve;
    process.stdin.once('end', resolve);
  });
  await server.connect(new StdioServerTransport());
  await over;
}
