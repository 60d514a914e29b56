import { ProtocolViolation } from './wire-units.js';

const version3 = 196_608;
const sslRequest = 80_877_103;
const gssRequest = 80_877_104;

/** What a client says before it may ask: `refused` encryption is answered with `N`, anything else but a start ends it. */
export type Opening = { kind: 'started' | 'refused'; length: number };

/** Reads the first message of a connection, which has no type; `undefined` while it is incomplete. */
export function readOpening(bytes: Buffer): Opening | undefined {
  if (bytes.length < 8) return undefined;
  const length = bytes.readUInt32BE(0);
  const code = bytes.readUInt32BE(4);
  if (code === sslRequest || code === gssRequest) return { kind: 'refused', length: 8 };
  if (code !== version3 || length > 10_000) throw new ProtocolViolation(`opening code ${code}`);
  return bytes.length < length ? undefined : { kind: 'started', length };
}

/** AuthenticationOk, the parameters drivers look at, ReadyForQuery: whoever can open the socket may come in. */
export function welcome(): Buffer {
  const parameters = {
    server_version: '18.0',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
    integer_datetimes: 'on',
    standard_conforming_strings: 'on',
  };
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...Object.entries(parameters).map(([name, value]) => message('S', Buffer.from(`${name}\0${value}\0`))),
    message('K', Buffer.alloc(8)),
    message('Z', Buffer.from('I')),
  ]);
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
