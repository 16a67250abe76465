/** Polls until what is read is as wanted. */
export async function eventually<T>(
  read: () => Promise<T>,
  check: (value: T) => boolean,
  { within = 15_000, every = 25 } = {},
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const value = await read();
    if (check(value)) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${within} ms: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, every));
  }
}
