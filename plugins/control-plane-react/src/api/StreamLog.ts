/**
 * Puts the pieces of a stream together into lines. Pieces carry the byte they start at, so that what a reconnect sends
 * twice is counted once, even when a piece overlaps only in part.
 */
export class StreamLog {
  /** Complete lines; after {@link seal} also the last one without an end. */
  readonly lines: string[] = [];
  private rest = '';
  private end = 0;

  /** First byte that has not been seen: where a subscription goes on. */
  get offset(): number {
    return this.end;
  }

  /** @param at - byte offset of the piece in the stream */
  append(data: string, at: number): void {
    const bytes = new TextEncoder().encode(data);
    const known = this.end - at;
    if (known >= bytes.length) return;
    const fresh = known > 0 ? new TextDecoder().decode(bytes.subarray(known)) : data;
    this.end = at + bytes.length;
    const parts = (this.rest + fresh).split('\n');
    this.rest = parts.pop()!;
    for (const part of parts) this.lines.push(part);
  }

  /** Nothing more will come. */
  seal(): void {
    if (this.rest) this.lines.push(this.rest);
    this.rest = '';
  }
}
