/** For identities, refs, digests and logs only. */
export const MONOSPACE = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace";

/** Height of a row of every dense table, in pixels. */
export const ROW_HEIGHT = 36;
