import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endProcesses } from '../processes/station.process.js';
import { FollowerProcess } from './follower.process.js';

const message = (cursor: string, id: string) =>
  `id: ${cursor}\ndata: ${JSON.stringify({ id, position: '1' })}\n\n`;

describe('docs/consumers/follow.mjs', () => {
  let server: Server;
  const cursors: string[] = [];

  beforeAll(async () => {
    // Each answer begins with the event that the one before ended with, and says one of its own twice.
    server = createServer(({ headers }, answer) => {
      cursors.push(String(headers['last-event-id']));
      answer.writeHead(200, { 'content-type': 'text/event-stream' });
      const told = cursors.length;
      const before = told > 1 ? message(`c${told - 1}`, `event-${told - 1}`) : '';
      answer.end(before + message(`c${told}`, `event-${told}`) + message(`c${told}`, `event-${told}`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await endProcesses();
    server.closeAllConnections();
    server.close();
  });

  it('writes an event once that comes again, in one answer, in the next and after a restart', async () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
    const follower = new FollowerProcess('docs/consumers/follow.mjs', (file) => [address, file], {
      TOKEN: 't',
    });
    follower.start();
    await follower.until(2);
    await follower.kill();
    follower.start();
    await follower.until(follower.lines().length + 2);
    await follower.kill();
    const ids = follower.lines().map(({ event }) => String(event.id));
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect(ids).toEqual(ids.map((_, index) => `event-${index + 1}`));
    expect(cursors.slice(0, 3)).toEqual(['', 'c1', 'c2']);
  });
});
