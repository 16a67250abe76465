/** The link that is handed over. The token is in the fragment, which no log sees. */
export function invitationUrl(portalUrl: string, token: string): string {
  return `${portalUrl}/invitation#${token}`;
}
