/** How a route keeps an organization's own things in it. */
export type Guard =
  /** Tells anybody the same, and nothing of any organization. */
  | 'open'
  /** Asks for a proof in the request itself (a link, a cookie, an invitation) and takes no other. */
  | 'proof'
  /** Tells and changes only what is the caller's own. */
  | 'own'
  /** Answers everybody who is signed in, with what they may see. */
  | 'filtered'
  /** Belongs to an organization, which the request names: whoever is not in it is told no more than of one that is not there. */
  | 'organization'
  /** For its admins alone. */
  | 'organization-admin'
  /** For the administrators of the platform. */
  | 'platform'
  /** For the portal's own plugins, with a token of theirs. */
  | 'service'
  /** Not served: nobody gets anything. */
  | 'closed'
  /** What is mounted here is listed route by route elsewhere in the table, or answers nothing. */
  | 'absent';
