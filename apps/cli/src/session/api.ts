import { type Role, existingSigningKey, issueToken } from '#access';
import type { Environment } from '#station-home';
import { Failure } from '../failure.js';

/** The HTTP API of a station, asked in one role. A picture is answered as its text. */
export type Api = <Answer>(method: Method, path: string, body?: object) => Promise<Answer>;

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Asks with the token of `YIZHAN_TOKEN`, else with one for five minutes, signed with the key under the station's own home. Throws
 * {@link Failure} where there is neither.
 */
export async function apiOf(
  url: string,
  home: string,
  role: Role,
  signal: AbortSignal,
  environment: Environment = process.env,
): Promise<Api> {
  const given = environment['YIZHAN_TOKEN'];
  const token = given || (await ownToken(home, role));
  const unwanted = given
    ? 'It does not take the token of YIZHAN_TOKEN: it has expired, or another one gives them out.'
    : `It does not take tokens signed with the key under ${home} (YIZHAN_HOME). ${elsewhere}`;
  return async <Answer>(method: Method, path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': language(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal,
    }).catch((error: Error) => {
      if (signal.aborted) throw error;
      throw new Failure(
        `The station at ${url} does not answer: ${(error.cause as Error)?.message ?? error.message}`,
      );
    });
    if (!response.ok) throw await refused(response, unwanted);
    const picture = response.headers.get('content-type')?.startsWith('image/svg+xml');
    return (await (picture ? response.text() : response.json())) as Answer;
  };
}

const elsewhere =
  'Set YIZHAN_HOME to the home that the station shares, or YIZHAN_TOKEN to a token of its identity provider (OIDC_ISSUER).';

async function ownToken(home: string, role: Role): Promise<string> {
  const key = await existingSigningKey(home);
  if (!key) throw new Failure(`There is no signing key under ${home} (YIZHAN_HOME). ${elsewhere}`, 2);
  return issueToken(key, { subject: 'yizhan-cli', name: 'yizhan', role, scope: {} }, '5m');
}

/** What the station refused, field by field where it says so. */
export class Refused extends Failure {
  constructor(
    message: string,
    readonly errors: readonly { field: string; message: string }[],
  ) {
    super(message);
  }
}

async function refused(response: Response, unwanted: string): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as {
    title?: string;
    detail?: string;
    errors?: { field: string; message: string }[];
  };
  const fields = (problem.errors ?? []).map(({ field, message }) => `\n  ${field}: ${message}`).join('');
  const said = [problem.title, problem.detail].filter(Boolean).join(': ');
  const hint = response.status === 401 ? `\n${unwanted}` : '';
  const message = `${said || response.statusText} (${response.status})${fields}${hint}`;
  return new Refused(message, problem.errors ?? []);
}

// As the terminal's locale says; the project speaks Chinese first.
const language = (): string => (/^en/i.test(process.env['LANG'] ?? '') ? 'en' : 'zh-CN, en;q=0.5');
