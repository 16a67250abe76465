/** How one process of the control plane is started. */
export interface ServerSettings {
  name: string;
  port: number;
  /** Keys and, without a database, everything else. */
  directory: string;
  /** `postgresql://…`, and the schema in it. Absent: SQLite in the directory. */
  database?: { url: string; schema: string };
  /** The file on which effects act. Default: in the directory. */
  world?: string;
  leaseSeconds?: number;
  /** Where the process ends by itself, as if somebody had killed it. */
  crash?: CrashPoint;
}

/** A moment between two durable steps. */
export interface CrashPoint {
  /** The name of a diagnostics channel, or `statement`: before a statement to the plugin's own tables is carried out. */
  channel: string;
  /** At which of its messages: 1 is the first. */
  count: number;
}
