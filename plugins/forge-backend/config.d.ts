export interface Config {
  krate?: {
    git?: {
      /** git over SSH, where this section is given. */
      ssh?: {
        /** Default true. */
        enabled?: boolean;
        listen?: {
          /** Default 127.0.0.1. */
          host?: string;
          /** Default 7022; 0 takes any free port. */
          port?: number;
        };
        /**
         * What comes before the organization in clone addresses, where the server is reached by another name or port than it
         * listens on: `ssh://git@git.example.com`. Default: the host of `backend.baseUrl` with the port.
         */
        url?: string;
        /**
         * File with the server's private host key, in OpenSSH's format, as a mounted secret. Default: a key that is made in
         * the data directory at the first start. Several backends need the same one.
         */
        hostKeyFile?: string;
      };
      import?: {
        /** Directories of this machine below which platform administrators may import from. Default none. */
        paths?: string[];
        /** Whether addresses of this machine and of private networks may be imported from, also over plain HTTP. Default false. */
        allowPrivateAddresses?: boolean;
      };
    };
  };
}
