/**
 * One HTTP request exactly as written: no client library that would tidy a path, refuse a header or follow an address.
 */
import http from 'node:http';
import https from 'node:https';

/** What came back; `text` is what arrived within the time limit, also of an answer that never ends. */
function read(response, resolve) {
  const chunks = [];
  response.on('data', chunk => chunks.push(chunk));
  const done = () =>
    resolve({
      status: response.statusCode,
      headers: response.headers,
      text: Buffer.concat(chunks).toString('utf8'),
    });
  response.on('end', done);
  response.on('aborted', done);
  response.on('error', done);
  return done;
}

export class Exchange {
  constructor({ port, apiPort, authority }) {
    this.surfaces = {
      portal: { client: http, port, prefix: '/api/krate' },
      tls: { client: https, port: apiPort, prefix: '', ca: authority },
    };
  }

  /**
   * @param request.path below the API's mount, or absolute with `absolute`
   * @param request.chunked sends the body without its length
   * @param request.forMs ends the exchange after so long, for answers that go on
   */
  send({ over = 'portal', method = 'GET', path, absolute, headers = {}, body, chunked, forMs = 20_000 }) {
    const { client, port, prefix, ca } = this.surfaces[over];
    const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      let answered = false;
      const request = client.request(
        {
          ...{ host: '127.0.0.1', port, ca, method, agent: false },
          path: absolute ? path : `${prefix}${path}`,
          headers: { ...length, ...headers },
        },
        response => {
          answered = true;
          const done = read(response, resolve);
          setTimeout(() => {
            done();
            request.destroy();
          }, forMs).unref();
        },
      );
      // A server may refuse a body before it has read it: then writing fails after the answer came.
      request.on('error', error => setTimeout(() => answered || reject(error), 50));
      request.setTimeout(forMs, () => !answered && request.destroy(new Error(`no answer in ${forMs} ms`)));
      if (chunked) {
        for (let at = 0; at < body.length; at += 65_536) request.write(body.slice(at, at + 65_536));
        request.end();
      } else {
        request.end(body);
      }
    });
  }
}
