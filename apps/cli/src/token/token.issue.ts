import { InvalidClaims, type Scope, issueToken, openSigningKey } from '#access';
import { homeOf } from '#station-home';
import { Failure } from '../failure.js';
import type { TokenOptions } from './token.command.js';

/** A token signed with the key under `YIZHAN_HOME`, which is made if it is not there. Throws {@link Failure}. */
export async function token(options: TokenOptions): Promise<string> {
  const { role, name, subject = name, expires, station, community, street, district, unit } = options;
  const entries = Object.entries({ station, community, street, district, unit });
  const scope: Scope = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  if (!/^[1-9]\d{0,4} ?(s|m|h|d|w|seconds?|minutes?|hours?|days?|weeks?)$/.test(expires)) {
    throw new Failure(`--expires ${expires} is not a time from now such as 30m, 8h or 7d`, 2);
  }
  try {
    return await issueToken(
      await openSigningKey(homeOf(process.env)),
      { subject, name, role, scope },
      expires,
    );
  } catch (error) {
    if (error instanceof InvalidClaims)
      throw new Failure(`No such token: ${error.message.replace('the claim ', '--')}`, 2);
    throw error;
  }
}
