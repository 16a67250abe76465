/** One call of the story and what was answered, without what differs from one telling to the next. */
export interface Line {
  /** What the call is about; unique in the story. */
  step: string;
  /** Method and path with its query. */
  call: string;
  status: number;
  /** Warnings in the head of the answer. */
  warnings?: string[];
  body: unknown;
}

export type Transcript = readonly Line[];
