/** One reading of each figure, by the figure's name: a rate per second, or milliseconds. */
export type Sample = Readonly<Record<string, number>>;

/** Two ways to do one thing, ready to be measured in turns. */
export interface Contest {
  ours(): Promise<Sample>;
  peer(): Promise<Sample>;
  /** Ends and removes what was opened for it. */
  close(): Promise<void>;
}

/** What a figure has to reach, as the ratio of ours to the peer's. */
export interface Reach {
  at: 'least' | 'most';
  ratio: number;
}

/** One line of the table. */
export interface Figure {
  /** Name in the samples; in the table it follows the name of the bench. */
  name: string;
  /** What the readings are; for people. */
  unit: 'per second' | 'ms';
  reach: Reach;
}

/** How much is to be measured. */
export interface Effort {
  /** How long one reading of a rate takes, in milliseconds. */
  sampleMs: number;
  /** Multiplies the number of single acts of readings that count acts. */
  scale: number;
}

/** Where a bench may put its files; removed afterwards. */
export interface Place {
  directory: string;
  effort: Effort;
}

/** One contest and the lines of the table that it gives. */
export interface Bench {
  name: string;
  /** What is measured, and against what; for people. */
  title: string;
  /** `relaxed` may lose the last moments at a power cut; `none` where nothing is written. */
  durability: 'durable' | 'relaxed' | 'none';
  /** How many objects there are. Benches of one `family` at several sizes give its growth. */
  size?: number;
  family?: string;
  /** Left out unless `--sizes` asks for it. */
  extra?: boolean;
  /** How many rounds at most, where one takes long. */
  rounds?: number;
  figures: readonly Figure[];
  /** Rejects with {@link Unavailable} where the machine lacks what it needs. */
  open(place: Place): Promise<Contest>;
}

/** Thrown by `open`: this machine cannot show the figure. */
export class Unavailable extends Error {}

/** Declares the benches of a file in `rows/`, which is all it takes to be measured. */
export function defineBenches(...benches: readonly Bench[]): readonly Bench[] {
  return benches;
}
