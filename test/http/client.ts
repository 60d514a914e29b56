/** The members our answers may have: of commands, of requests and of problems. */
export type Body = {
  id: string;
  code: string;
  name: string;
  status: string | number;
  revision: string;
  events: string[];
  allowed: string[];
  type: string;
  title: string;
  detail: string;
  instance: string;
  correlationId: string;
  reason: string;
  state: string;
  errors: { field: string; message: string }[];
  [member: string]: unknown;
};

export type Answered = { status: number; headers: Headers; body: Body; text: string };

export type Asking = {
  /** A bearer token. */
  as?: string | undefined;
  headers?: Record<string, string>;
};

export type Client = {
  url: string;
  get: (path: string, asking?: Asking) => Promise<Answered>;
  post: (path: string, body: unknown, asking?: Asking) => Promise<Answered>;
  /** A body as it stands, JSON or not. */
  send: (method: string, path: string, text: string | Uint8Array, asking?: Asking) => Promise<Answered>;
};

/** The headers of a read that has to know a write: that of the token, or of the answer to it. */
export const knowing = (write: string | Answered): Record<string, string> => ({
  'consistency-token': typeof write === 'string' ? write : (write.headers.get('consistency-token') ?? ''),
  prefer: 'wait=30',
});

/** HTTP as a client speaks it: JSON in, JSON out, and everything of the answer in reach. */
export function clientOf(url: string): Client {
  const json = { 'content-type': 'application/json' };
  const send: Client['send'] = (method, path, text, { as, headers = {} } = {}) =>
    ask(`${url}${path}`, { method, body: text as string, headers: { ...bearer(as), ...json, ...headers } });
  return {
    url,
    send,
    get: (path, { as, headers = {} } = {}) =>
      ask(`${url}${path}`, { headers: { ...bearer(as), ...headers } }),
    post: (path, body, asking) => send('POST', path, JSON.stringify(body), asking),
  };
}

async function ask(address: string, init: RequestInit): Promise<Answered> {
  const response = await fetch(address, init);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = (isJson ? JSON.parse(text) : {}) as Body;
  return { status: response.status, headers: response.headers, body, text };
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };
