import { costOf, TokenMeter, usedUp } from './tokenUsage';

const meter = (streaming: boolean, ...chunks: string[]) => {
  const made = new TokenMeter(streaming, 400);
  chunks.forEach(chunk => made.see(Buffer.from(chunk)));
  return made.end();
};

describe('TokenMeter', () => {
  it.each([
    {
      reason: 'a chat completion',
      streaming: false,
      chunks: ['{"choices":[],"usage":{"prompt_', 'tokens":10,"completion_tokens":5}}'],
      want: { input: 10, output: 5, estimated: false },
    },
    {
      reason: 'a response',
      streaming: false,
      chunks: ['{"usage":{"input_tokens":7,"output_tokens":3}}'],
      want: { input: 7, output: 3, estimated: false },
    },
    {
      reason: 'a streamed chat completion',
      streaming: true,
      chunks: [
        'data: {"choices":[]}\n\ndata: {"usage":{"prompt_tokens":9,',
        '"completion_tokens":4}}\n\ndata: [DONE]\n\n',
      ],
      want: { input: 9, output: 4, estimated: false },
    },
    {
      reason: 'streamed messages, whose counts grow',
      streaming: true,
      chunks: [
        'event: message_start\ndata: {"message":{"usage":{"input_tokens":20,"cache_read_input_tokens":80,"output_tokens":1}}}\n\n',
        'data: {"usage":{"output_tokens":6}}\n\ndata: {"usage":{"output_tokens":11}}\n\n',
      ],
      want: { input: 100, output: 11, estimated: false },
    },
    {
      reason: 'a streamed response',
      streaming: true,
      chunks: ['data: {"response":{"usage":{"input_tokens":2,"output_tokens":8}}}'],
      want: { input: 2, output: 8, estimated: false },
    },
    {
      reason: 'an answer that says nothing',
      streaming: false,
      chunks: ['x'.repeat(80)],
      want: { input: 100, output: 20, estimated: true },
    },
    {
      reason: 'counts that are none',
      streaming: false,
      chunks: ['{"usage":{"input_tokens":-1,"output_tokens":"9"}}'],
      want: { estimated: true },
    },
  ])('counts $reason', ({ streaming, chunks, want }) =>
    expect(meter(streaming, ...chunks)).toMatchObject(want),
  );
});

describe('costOf and usedUp', () => {
  const provider = { modelRates: { large: { inputUsdPerMillion: 1, outputUsdPerMillion: 2 } } } as never;
  it.each([
    { reason: 'a known rate', model: 'large', want: 3 },
    { reason: 'no rate known', model: 'other', want: 18 },
    { reason: 'no model named', model: undefined, want: 18 },
  ])('costs $want with $reason', ({ model, want }) =>
    expect(costOf({ input: 1e6, output: 1e6 }, model, provider)).toBe(want),
  );

  it.each([
    { usage: [5, 4, 0], budget: { maxTokens: 10 }, want: undefined },
    { usage: [5, 5, 0], budget: { maxTokens: 10 }, want: 'tokens' },
    { usage: [0, 0, 1.5], budget: { maxCostUsd: 1.5 }, want: 'cost' },
    { usage: [9, 9, 9], budget: {}, want: undefined },
  ])('$want is used up of $budget', ({ usage: [inputTokens, outputTokens, costUsd], budget, want }) =>
    expect(
      usedUp({ inputTokens: inputTokens!, outputTokens: outputTokens!, costUsd: costUsd! }, budget),
    ).toBe(want),
  );
});
