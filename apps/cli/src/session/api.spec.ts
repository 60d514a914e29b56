import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSigningKey } from '#access';
import { apiOf } from './api.js';

const { signal } = new AbortController();

describe('the API of a station, asked by a command', () => {
  let home: string;
  let server: Server;
  let url: string;
  const asked: string[] = [];
  let status = 200;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'yizhan-'));
    server = createServer(({ headers }, answer) => {
      asked.push(headers.authorization ?? '');
      answer.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked.length = 0;
    status = 200;
  });
  afterAll(async () => {
    server.close();
    await rm(home, { recursive: true });
  });

  const ask = async (environment: Record<string, string>) =>
    (await apiOf(url, home, 'admin', signal, environment))('GET', '/v1/projections');

  it('takes the token that YIZHAN_TOKEN holds, and needs no key then', async () => {
    await ask({ YIZHAN_TOKEN: 'of the city' });
    expect(asked).toEqual(['Bearer of the city']);
    expect(await readdir(home)).toEqual([]);
  });

  it('says what to do where there is neither token nor key, and makes none', async () => {
    await expect(ask({})).rejects.toThrow(`There is no signing key under ${home} (YIZHAN_HOME)`);
    await expect(ask({})).rejects.toThrow('YIZHAN_TOKEN');
    expect([asked, await readdir(home)]).toEqual([[], []]);
  });

  it('is asked with the key of the home where there is one', async () => {
    await openSigningKey(home);
    await ask({});
    expect(asked).toEqual([expect.stringMatching(/^Bearer ey/)]);
  });

  it('that takes no such token is said to want another', async () => {
    status = 401;
    await expect(ask({})).rejects.toThrow(`It does not take tokens signed with the key under ${home}`);
    await expect(ask({ YIZHAN_TOKEN: 'old' })).rejects.toThrow('It does not take the token of YIZHAN_TOKEN');
  });
});
