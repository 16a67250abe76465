/** Who sees a repository, in words for the one who chooses. */
export const VISIBILITIES = {
  private: 'Private: members of the organization',
  internal: 'Internal: members of every organization here',
  public: 'Public: anyone may clone',
} as const;
