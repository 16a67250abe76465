import { Config } from '@backstage/config';
import { MailConfig } from './Mailer';

/** Where Backstage's own notifications say how mail is sent; Krate's invitations go the same way. */
const EMAIL = 'notifications.processors.email';
const SUBMISSION_PORT = 587;

/** How mail is sent; undefined where nothing is configured, or not SMTP. */
export function mailConfigOf(config: Config): MailConfig | undefined {
  const email = config.getOptionalConfig(EMAIL);
  const transport = email?.getOptionalConfig('transportConfig');
  if (!email || transport?.getOptionalString('transport') !== 'smtp') return undefined;
  const user = transport.getOptionalString('username');
  return {
    host: transport.getString('hostname'),
    port: transport.getOptionalNumber('port') ?? SUBMISSION_PORT,
    secure: transport.getOptionalBoolean('secure') ?? false,
    ...(user && { credentials: { user, pass: transport.getOptionalString('password') ?? '' } }),
    sender: email.getString('sender'),
  };
}
