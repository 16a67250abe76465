import { Bench, Figure, Reach } from './Bench';
import { Round } from './measure';
import { interquartileRange, median } from './statistics';

/** One line of the table. `--json` writes these. */
export interface Row {
  name: string;
  /** Median of the readings: a rate per second, or milliseconds. */
  ours: number | null;
  peer: number | null;
  /** Median of the rounds' ratios; null where the row is unstable or could not be measured. */
  ratio: number | null;
  /** `>= 0.8` */
  reach: string;
  /** Null where nothing can be said. */
  met: boolean | null;
  /** The control, the peer against itself in the same turns, is outside 0.9 to 1.1. */
  unstable: boolean;
  /** First and third quartile of the rounds' ratios. */
  range: [number, number] | null;
  control: number | null;
  unit: Figure['unit'];
  durability: Bench['durability'];
  size: number | null;
  rounds: number;
  /** Why there is no figure. */
  missing?: string;
}

const CONTROL = { from: 0.9, to: 1.1 };

export function judge(bench: Bench, figure: Figure, rounds: readonly Round[]): Row {
  const { ours, peer } = readingsOf(figure, rounds);
  const ratios = rounds.map((_, round) => sum(ours[round]) / sum(peer[round]));
  const control = median(controls(peer));
  const unstable = control < CONTROL.from || control > CONTROL.to;
  const ratio = median(ratios);
  return {
    ...blank(bench, figure),
    ours: median(ours.flat()),
    peer: median(peer.flat()),
    ratio: unstable ? null : ratio,
    met: unstable ? null : reaches(ratio, figure.reach),
    unstable,
    range: interquartileRange(ratios),
    control,
    rounds: rounds.length,
  };
}

/** A line without a figure, and why. */
export function missingRow(bench: Bench, figure: Figure, why: string): Row {
  return { ...blank(bench, figure), missing: why };
}

/**
 * The peer against itself: of two neighbouring rounds, first and last reading against the two between, which is the same
 * ABBA that ours is measured in.
 */
export function controls(peer: readonly (readonly [number, number])[]): number[] {
  return peer.slice(1).map(([third, fourth], index) => (peer[index][0] + fourth) / (peer[index][1] + third));
}

export function describeReach({ at, ratio }: Reach): string {
  return `${at === 'least' ? '>=' : '<='} ${Number(ratio.toPrecision(3))}`;
}

function reaches(ratio: number, reach: Reach): boolean {
  return reach.at === 'least' ? ratio >= reach.ratio : ratio <= reach.ratio;
}

function blank({ name, durability, size }: Bench, figure: Figure): Row {
  return {
    name: figure.name ? `${name}/${figure.name}` : name,
    ours: null,
    peer: null,
    ratio: null,
    reach: describeReach(figure.reach),
    met: null,
    unstable: false,
    range: null,
    control: null,
    unit: figure.unit,
    durability,
    size: size ?? null,
    rounds: 0,
  };
}

function readingsOf(figure: Figure, rounds: readonly Round[]) {
  const read = (samples: Round['ours']): [number, number] => [
    samples[0][figure.name],
    samples[1][figure.name],
  ];
  return { ours: rounds.map(round => read(round.ours)), peer: rounds.map(round => read(round.peer)) };
}

function sum([first, second]: readonly [number, number]): number {
  return first + second;
}
