import { type Role, issueToken, openSigningKey } from '#access';
import { Failure } from '../failure.js';

/** The HTTP API of a station, asked in one role. A picture is answered as its text. */
export type Api = <Answer>(method: Method, path: string, body?: object) => Promise<Answer>;

type Method = 'GET' | 'POST' | 'DELETE';

/** Asks with a token for five minutes, signed with the key under the station's own home. */
export async function apiOf(url: string, home: string, role: Role, signal: AbortSignal): Promise<Api> {
  const principal = { subject: 'yizhan-cli', name: 'yizhan', role, scope: {} };
  const token = await issueToken(await openSigningKey(home), principal, '5m');
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
    if (!response.ok) throw await refused(response);
    const picture = response.headers.get('content-type')?.startsWith('image/svg+xml');
    return (await (picture ? response.text() : response.json())) as Answer;
  };
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

async function refused(response: Response): Promise<Refused> {
  const problem = (await response.json().catch(() => ({}))) as {
    title?: string;
    detail?: string;
    errors?: { field: string; message: string }[];
  };
  const fields = (problem.errors ?? []).map(({ field, message }) => `\n  ${field}: ${message}`).join('');
  const said = [problem.title, problem.detail].filter(Boolean).join(': ');
  const hint = response.status === 401 ? '\nIts tokens come from an identity provider (OIDC_ISSUER).' : '';
  const message = `${said || response.statusText} (${response.status})${fields}${hint}`;
  return new Refused(message, problem.errors ?? []);
}

// As the terminal's locale says; the project speaks Chinese first.
const language = (): string => (/^en/i.test(process.env['LANG'] ?? '') ? 'en' : 'zh-CN, en;q=0.5');
