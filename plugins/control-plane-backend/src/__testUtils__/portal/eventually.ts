/** Polls until what is read is as wanted. A read that fails is no answer yet; the last failure is what a timeout tells. */
export async function eventually<T>(
  read: () => Promise<T>,
  check: (value: T) => boolean,
  { within = 15_000, every = 25 } = {},
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const [outcome] = await Promise.allSettled([read()]);
    if (outcome.status === 'fulfilled' && check(outcome.value)) return outcome.value;
    if (Date.now() > deadline) {
      if (outcome.status === 'rejected') throw outcome.reason;
      throw new Error(`Not within ${within} ms: ${JSON.stringify(outcome.value)}`);
    }
    await new Promise(resolve => setTimeout(resolve, every));
  }
}
