import type { Role, Scope } from '#access';
import { tokenFor } from '../processes/station.process.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test may look at everything
export type Answer = { status: number; token: string; body: any };

export const property = { id: 'wuye', kind: 'property', name: '永丰物业' };

/** Those who sit at the desks of a district: they write to one process and read from another. */
export class Desk {
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly home: string,
    private readonly commands: string,
  ) {}

  async open(code: string, district = '海淀区'): Promise<Answer> {
    const place = { community: '永丰社区', street: '学院路街道', district };
    return this.post('/v1/stations', { code, name: `${code}驿站`, ...place }, 'admin');
  }

  log(station: string, summary: string): Promise<Answer> {
    return this.post('/v1/requests', { summary, channel: 'walk-in' }, 'volunteer', { station });
  }

  assign(station: string, id: string): Promise<Answer> {
    return this.post(`/v1/requests/${id}/assignment`, { to: property }, 'volunteer', { station });
  }

  /** As an auditor, who sees everything; `token`: of the write that has to be seen. */
  read(queries: string, path: string, { token = '', wait = 30 } = {}): Promise<Answer> {
    const waiting = { 'consistency-token': token, prefer: `wait=${wait}` };
    return this.ask('GET', queries + path, 'auditor', {}, { headers: token ? waiting : {} });
  }

  /**
   * Reads one's own write, asking again while the answer is 503 as a client does: partitions of a process that was killed are
   * taken over when its session has run out. Gives the last answer when its patience (ms) has passed.
   */
  async sees(
    queries: string,
    path: string,
    { token }: Pick<Answer, 'token'>,
    patience = 180_000,
  ): Promise<Answer> {
    const until = Date.now() + patience;
    let answer = await this.read(queries, path, { token });
    while (answer.status === 503 && Date.now() < until) answer = await this.read(queries, path, { token });
    return answer;
  }

  private post(path: string, body: object, role: Role, scope: Scope = {}): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.ask('POST', this.commands + path, role, scope, { headers, body: JSON.stringify(body) });
  }

  private async ask(
    method: string,
    url: string,
    role: Role,
    scope: Scope,
    { headers = {}, body }: { headers?: Record<string, string>; body?: string },
  ): Promise<Answer> {
    const authorization = `Bearer ${await this.tokenOf(role, scope)}`;
    const init = { method, headers: { authorization, ...headers }, ...(body !== undefined && { body }) };
    const response = await fetch(url, init).catch((error: Error) => {
      throw new Error(`${method} ${url}: ${String(error.cause ?? error)}`);
    });
    const token = response.headers.get('consistency-token') ?? '';
    return { status: response.status, token, body: await response.json() };
  }

  private async tokenOf(role: Role, scope: Scope): Promise<string> {
    const who = JSON.stringify([role, scope]);
    const token = this.tokens.get(who) ?? (await tokenFor(this.home, role, scope));
    this.tokens.set(who, token);
    return token;
  }
}
