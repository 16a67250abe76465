#!/usr/bin/env node
/**
 * The way out of a sandbox: `egress-bridge.ts SOCKET PORT COMMAND...` listens on TCP loopback (of the sandbox's own
 * network), carries every connection to the egress proxy's Unix socket, starts the agent with the proxy variables set,
 * and ends as the agent ends. Port 0 takes a free one. `${KRATE_EGRESS_URL}` in arguments and environment is filled in.
 */
import { spawn } from 'node:child_process';
import net from 'node:net';
import { constants } from 'node:os';

const [socketPath, port, ...command] = process.argv.slice(2);
if (!socketPath || !port || command.length === 0) {
  process.stderr.write('usage: egress-bridge.ts SOCKET PORT COMMAND...\n');
  process.exit(64);
}

const server = net.createServer({ allowHalfOpen: true }, inside => {
  const outside = net.connect({ path: socketPath, allowHalfOpen: true });
  const close = () => {
    inside.destroy();
    outside.destroy();
  };
  inside.on('error', close);
  outside.on('error', close);
  inside.pipe(outside).pipe(inside);
});
server.on('error', error => {
  process.stderr.write(`egress-bridge: ${error.message}\n`);
  process.exit(125);
});
server.listen(Number(port), '127.0.0.1', () =>
  startAgent(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`),
);

function startAgent(url: string) {
  const fill = (text: string) => text.replaceAll('${KRATE_EGRESS_URL}', url);
  const own = Object.fromEntries(
    Object.entries(process.env).map(([name, value]) => [name, fill(value ?? '')]),
  );
  const [file, ...args] = command.map(fill);
  const child = spawn(file!, args, {
    stdio: 'inherit',
    env: { ...proxyVariables(url), ...own, KRATE_EGRESS_URL: url },
  });
  child.on('error', error => {
    process.stderr.write(`egress-bridge: cannot start ${file}: ${error.message}\n`);
    process.exit(127);
  });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => child.kill(name));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal!]));
}

/** Both spellings, since programs differ; the bridge itself is spoken to directly. */
function proxyVariables(url: string): Record<string, string> {
  const direct = '127.0.0.1,localhost,::1';
  return {
    ...Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].map(name => [name, url]),
    ),
    NO_PROXY: direct,
    no_proxy: direct,
    NODE_USE_ENV_PROXY: '1',
  };
}
