import type { ServerResponse } from 'node:http';

/** Resolves when a response takes more, or is gone. Leaves no listener behind, however often it is asked. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    if (response.destroyed || !response.writableNeedDrain) {
      resolve();
      return;
    }
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
