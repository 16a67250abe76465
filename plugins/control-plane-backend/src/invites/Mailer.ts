import { createTransport, Transporter } from 'nodemailer';

/** How mail is sent, as the configuration of Backstage's notifications has it. */
export interface MailConfig {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  credentials?: { user: string; pass: string };
  /** From whom it is. */
  sender: string;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same for every attempt, so that a mail that was sent twice is shown once. */
  id: string;
}

/** Sends mail by SMTP. Rejects with the server's answer. */
export class Mailer {
  private readonly transport: Transporter;

  constructor(private readonly config: MailConfig) {
    const { host, port, secure, credentials } = config;
    this.transport = createTransport({
      ...{ host, port, secure, auth: credentials },
      ...{ connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 },
    });
  }

  async send({ to, subject, text, id }: Mail): Promise<void> {
    const { sender } = this.config;
    const domain = /@([^\s>]+)/.exec(sender)?.[1] ?? 'localhost';
    // The address as an object: nothing in it is taken for a list of several.
    await this.transport.sendMail({
      ...{ from: sender, subject, text, messageId: `<${id}@${domain}>` },
      to: { name: '', address: to },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}
