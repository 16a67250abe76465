import type { CookieOptions, Request, Response } from 'express';

const NAME = 'krate-session';

/** The session's cookie: out of reach of scripts and of other sites, sent to this provider only. */
export class SessionCookie {
  private readonly options: CookieOptions;

  constructor(
    authBaseUrl: string,
    private readonly seconds: number,
  ) {
    const { pathname, protocol } = new URL(authBaseUrl);
    this.options = {
      httpOnly: true,
      sameSite: 'strict',
      secure: protocol === 'https:',
      path: `${pathname.replace(/\/+$/, '')}/local`,
    };
  }

  read(request: Request): string | undefined {
    const value = request.cookies?.[NAME];
    return typeof value === 'string' ? value : undefined;
  }

  write(response: Response, token: string): void {
    response.cookie(NAME, token, { ...this.options, maxAge: this.seconds * 1000 });
  }

  clear(response: Response): void {
    response.clearCookie(NAME, this.options);
  }
}
