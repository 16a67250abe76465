/** What the AgentSecretGrant that a stack lacks is called where a review suggests it. */
export function suggestedGrantName(stack: string, secret: string): string {
  return `${stack}-${secret}`;
}
