/** Where Krate answers otherwise than the recorded server, and why that is right. */
export interface KnownDifference {
  steps: readonly string[];
  /** The places that may differ; see `Difference.path`. */
  paths: RegExp;
  /** The status that Krate answers with in these steps; by default the recorded one. */
  status?: number;
  why: string;
  /** The section of the Kubernetes documentation, or the program, that says so. */
  source: string;
}
