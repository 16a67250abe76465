import { Webhook } from 'standardwebhooks';

const PREFIX = 'whsec_';

/**
 * The headers of the Standard Webhooks convention. While a secret is being replaced there is a signature of each, so that the listener
 * may change over at any moment.
 *
 * @param secrets - their values, the present one first; none: the message is not signed
 */
export function signedHeaders(
  message: { id: string; at: Date; body: string },
  secrets: readonly Buffer[],
): Record<string, string> {
  const { id, at, body } = message;
  const signatures = secrets.map(secret => signerOf(secret).sign(id, at, body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}

/** A value with the convention's prefix is base64; any other is taken byte for byte, as other senders do. */
function signerOf(secret: Buffer): Webhook {
  const text = secret.toString('utf8').trim();
  return text.startsWith(PREFIX) ? new Webhook(text) : new Webhook(secret, { format: 'raw' });
}
