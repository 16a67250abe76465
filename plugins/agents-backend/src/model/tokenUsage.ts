import type { AgentProviderConfig } from '@krate/plugin-agents-common';
import { TokenUsage } from '../agent/AgentRunTypes';

/** USD per million tokens where a provider names no rate for a model: no budget is without limit by an omission. */
const DEFAULT_RATE = { inputUsdPerMillion: 3, outputUsdPerMillion: 15 };
/** Bytes of text to a token, where an answer does not say how many it took. */
const BYTES_PER_TOKEN = 4;

export interface Tokens {
  input: number;
  output: number;
}

/** The tokens that one object of an answer reports, in the words of chat completions, responses and messages alike. */
export function tokensIn(answer: unknown): Partial<Tokens> | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { usage, message, response } = answer as Record<string, unknown>;
  const found =
    usage ??
    (message as { usage?: unknown } | undefined)?.usage ??
    (response as { usage?: unknown } | undefined)?.usage;
  if (typeof found !== 'object' || found === null) return undefined;
  const counts = found as Record<string, unknown>;
  const cached = [counts.cache_creation_input_tokens, counts.cache_read_input_tokens]
    .map(count)
    .reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const input = count(counts.prompt_tokens) ?? count(counts.input_tokens);
  const output = count(counts.completion_tokens) ?? count(counts.output_tokens);
  return { ...(input !== undefined && { input: input + cached }), ...(output !== undefined && { output }) };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
}

/** Reads an answer as it passes, JSON or server-sent events, and knows its tokens at the end. */
export class TokenMeter {
  private rest = '';
  private bytes = 0;
  private readonly reported: Partial<Tokens> = {};
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly streaming: boolean,
    private readonly requestBytes: number,
  ) {}

  see(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    // An answer that is not a stream is one object; beyond 32 MB nobody reports tokens.
    if (this.rest.length < 32 * 1024 * 1024) this.rest += this.decoder.decode(chunk, { stream: true });
    if (!this.streaming) return;
    const lines = this.rest.split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) if (line.startsWith('data:')) this.take(line.slice('data:'.length));
  }

  /** Reported where the provider says it, else estimated from the length of what passed. */
  end(): Tokens & { estimated: boolean } {
    this.take(this.streaming ? this.rest.replace(/^data:/, '') : this.rest);
    const { input, output } = this.reported;
    return {
      input: input ?? Math.ceil(this.requestBytes / BYTES_PER_TOKEN),
      output: output ?? Math.ceil(this.bytes / BYTES_PER_TOKEN),
      estimated: input === undefined || output === undefined,
    };
  }

  /** Counts of a stream are running totals: the greatest is the last. */
  private take(text: string): void {
    let tokens: Partial<Tokens> | undefined;
    try {
      tokens = tokensIn(JSON.parse(text));
    } catch {
      return; // `[DONE]`, or an answer that is no JSON
    }
    if (tokens?.input !== undefined) this.reported.input = Math.max(this.reported.input ?? 0, tokens.input);
    if (tokens?.output !== undefined)
      this.reported.output = Math.max(this.reported.output ?? 0, tokens.output);
  }
}

/** What tokens of a model cost at a provider. */
export function costOf(
  { input, output }: Tokens,
  model: string | undefined,
  provider: AgentProviderConfig['spec'],
): number {
  const rate = (model && provider.modelRates[model]) || DEFAULT_RATE;
  return (input * rate.inputUsdPerMillion + output * rate.outputUsdPerMillion) / 1_000_000;
}

/** Which limit of a budget is used up, if any. */
export function usedUp(
  usage: TokenUsage,
  budget: { maxTokens?: number; maxCostUsd?: number },
): 'tokens' | 'cost' | undefined {
  if (budget.maxTokens !== undefined && usage.inputTokens + usage.outputTokens >= budget.maxTokens)
    return 'tokens';
  if (budget.maxCostUsd !== undefined && usage.costUsd >= budget.maxCostUsd) return 'cost';
  return undefined;
}
