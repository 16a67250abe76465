const IPV4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;
const HOSTNAME =
  /^[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*$/;

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isDateTime(text: string): boolean {
  const [, date, rest] = /^(\d{4}-\d{2}-\d{2})[Tt](.*)$/.exec(text) ?? [];
  if (!date || !isDate(date)) return false;
  return /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(rest);
}

function isIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]{2,45}$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

function isCidr(text: string): boolean {
  const [address, bits, more] = text.split('/');
  if (more !== undefined || !/^\d{1,3}$/.test(bits ?? '')) return false;
  return (IPV4.test(address) && Number(bits) <= 32) || (isIpv6(address) && Number(bits) <= 128);
}

/** The string formats that are enforced, by the names an API server knows. Formats not named here say nothing. */
export const FORMATS: Record<string, (text: string) => boolean> = {
  'date-time': isDateTime,
  date: isDate,
  uri: text => URL.canParse(text),
  email: text =>
    /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text) && HOSTNAME.test(text.slice(text.indexOf('@') + 1)),
  uuid: text => /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text),
  hostname: text => text.length <= 253 && HOSTNAME.test(text),
  ipv4: text => IPV4.test(text),
  ipv6: isIpv6,
  cidr: isCidr,
  byte: text => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
};
