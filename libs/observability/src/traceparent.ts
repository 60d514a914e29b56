import type { IncomingMessage } from 'node:http';

// W3C Trace Context, 3.2: version, trace id, parent id, flags. Ids of nothing but zeros are none.
const form = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** The caller's place in a trace, where its `traceparent` is one; what is none is left out, as the standard has it. */
export function traceparentOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const given = headers['traceparent'];
  return typeof given === 'string' && form.test(given) ? given : undefined;
}
