import { mockServices } from '@backstage/backend-test-utils';
import { stopInOrder } from './stopInOrder';

describe('stopInOrder', () => {
  it('ends part after part, and lets neither a failing nor a hanging one keep the next', async () => {
    const logger = mockServices.logger.mock();
    const ended: string[] = [];
    const part = (name: string, stop: () => Promise<void> | void) => ({
      name,
      stop: () => {
        ended.push(name);
        return stop();
      },
    });
    const before = Date.now();
    await stopInOrder(
      [
        part('first', () => {}),
        part('failing', () => Promise.reject(new Error('no'))),
        part('throwing', () => {
          throw new Error('no');
        }),
        part('hanging', () => new Promise(() => {})),
        part('last', async () => {}),
      ],
      { limitMs: 300, logger },
    );
    expect(ended).toEqual(['first', 'failing', 'throwing', 'hanging', 'last']);
    expect(Date.now() - before).toBeLessThan(600);
    expect(logger.error).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenCalledWith('hanging did not stop in time');
  });
});
