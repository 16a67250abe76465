/** Read by screen readers, not drawn. */
export const visuallyHidden = {
  position: 'absolute',
  width: '1px', // in `sx` the number 1 is the whole width
  height: '1px',
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
} as const;
