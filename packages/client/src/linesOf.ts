/** The lines of a streamed answer as they arrive, without their ends; an unfinished last one is left out. */
export async function* linesOf(response: Response): AsyncGenerator<string, void, undefined> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // The consumer may have stopped in the middle: the connection must not stay open for nobody.
    await reader.cancel().catch(() => {});
  }
}
