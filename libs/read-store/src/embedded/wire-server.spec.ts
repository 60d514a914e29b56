import { Client } from 'pg';
import { type EmbeddedSession, openSession } from './pglite-session.js';
import { type WireServer, serveWire } from './wire-server.js';

describe('clients of the embedded database', () => {
  let session: EmbeddedSession;
  let server: WireServer;
  const clients: Client[] = [];

  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: server.connectionString });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    session = await openSession(undefined);
    server = await serveWire(session, () => {}, 300);
    const client = await connect();
    await client.query('create table noted (who text primary key)');
  }, 60_000);
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => {})));
    const client = await connect();
    await client.query('delete from noted');
  });
  afterAll(async () => {
    await server.close();
    await session.close();
  });

  it('get their own answers when large parameters arrive in pieces at the same time', async () => {
    const four = await Promise.all([1, 2, 3, 4].map(connect));
    const asking = four.map(async (client, who) => {
      const text = String(who).repeat(500_000);
      for (let time = 0; time < 5; time += 1) {
        const { rows } = await client.query(
          `select left($1, 1) as first, length($1) as size, ${who} as who`,
          [text],
        );
        expect(rows).toEqual([{ first: String(who), size: 500_000, who }]);
      }
    });
    await Promise.all(asking);
  });

  it('see nothing of a transaction until it commits, and wait for it', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('begin');
    await one.query('insert into noted values ($1)', ['one']);
    const seen = other.query('select who from noted');
    await one.query('commit');
    expect((await seen).rows).toEqual([{ who: 'one' }]);
  });

  it('hear of errors, go on after them, and have a failed transaction to roll back', async () => {
    const client = await connect();
    await expect(client.query('select $1::integer', ['x'])).rejects.toMatchObject({ code: '22P02' });
    await client.query('begin');
    await expect(client.query('select * from nowhere where a = $1', [1])).rejects.toMatchObject({
      code: '42P01',
    });
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await client.query('rollback');
    expect((await client.query('select $1::text as said', ['well'])).rows).toEqual([{ said: 'well' }]);
  });

  it('share the statements they name, and each has its own answers', async () => {
    const named = { name: 'say', text: 'select $1::text as said' };
    const said = async (client: Client, text: string) =>
      (await client.query({ ...named, values: [text] })).rows[0]?.said as string;
    const [one, other] = [await connect(), await connect()];
    expect([await said(one, 'a'), await said(other, 'b'), await said(one, 'c')]).toEqual(['a', 'b', 'c']);
    await one.end();
    expect(await said(await connect(), 'd')).toBe('d');
    const { rows } = await other.query(
      `select count(*)::integer from pg_prepared_statements where name = 'say'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('make a statement again that failed the first time, and hear where a name means something else', async () => {
    const [one, other] = [await connect(), await connect()];
    const later = { name: 'later', text: 'select who from later' };
    await expect(one.query(later)).rejects.toMatchObject({ code: '42P01' });
    await one.query('create temporary table later as select 1 as who');
    expect((await other.query(later)).rows).toEqual([{ who: 1 }]);
    await expect(one.query({ ...later, text: 'select 2 as who' })).rejects.toMatchObject({ code: '42P05' });
    await other.query('drop table later');
  });

  it('are rolled back when they vanish in a transaction', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('begin');
    await one.query('insert into noted values ($1)', ['gone']);
    const seen = other.query('select count(*)::integer as noted from noted');
    (one as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy();
    expect((await seen).rows).toEqual([{ noted: 0 }]);
  });

  it('are rolled back when they sit in a transaction for too long', async () => {
    const [one, other] = [await connect(), await connect()];
    await one.query('begin');
    await one.query('insert into noted values ($1)', ['asleep']);
    expect((await other.query('select count(*)::integer as noted from noted')).rows).toEqual([{ noted: 0 }]);
    await expect(one.query('commit')).rejects.toThrow();
  });

  it('get results of many megabytes', async () => {
    const client = await connect();
    const { rows } = await client.query(`select repeat('雪', 3000000) as snow`);
    expect(rows[0].snow).toHaveLength(3_000_000);
  });

  it('that speak another protocol are shown out', async () => {
    const client = await connect();
    const socket = (client as unknown as { connection: { stream: import('node:net').Socket } }).connection
      .stream;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.from([0x51, 0, 0, 0, 1]));
    await closed;
    expect((await (await connect()).query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
