/** The protocol version that a client asks for. It is the client's text and ends up in an environment variable. */
export function gitProtocol(value: string | undefined): string | undefined {
  return value && /^[a-z0-9=:.-]{1,100}$/i.test(value) ? value : undefined;
}
