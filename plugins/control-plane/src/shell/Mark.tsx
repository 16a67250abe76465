/** Krate's mark. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Krate">
      <rect x="3" y="3" width="26" height="26" rx="6" fill="#0f766e" />
      <path
        d="M10 8v16M22 8l-9 8 9 8"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
