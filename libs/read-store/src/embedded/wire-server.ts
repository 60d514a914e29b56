import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NamedStatements } from './named-statements.js';
import { Turns } from './turns.js';
import { type Session, WireConnection } from './wire-connection.js';

export type WireServer = {
  /** For node-postgres, psql and their kin. */
  connectionString: string;
  /** Ends all connections, rolls back what they left open, removes the socket. */
  close: () => Promise<void>;
};

/**
 * PostgreSQL's protocol over a Unix socket in a fresh directory that only this user can enter, in front of one backend
 * session. Written because pglite-socket takes turns by message: a large parameter arrives in pieces, and another client's
 * statement gets in between.
 */
export async function serveWire(
  session: Session,
  onBroken: (error: Error) => void,
  transactionPatience = 30_000,
): Promise<WireServer> {
  const directory = await mkdtemp(join(tmpdir(), 'yizhan-')); // mode 0700
  const turns = new Turns<WireConnection>();
  const statements = new NamedStatements();
  const connections = new Set<WireConnection>();
  const server = createServer((socket) => {
    const connection = new WireConnection(socket, {
      session,
      turns,
      statements,
      transactionPatience,
      onBroken,
    });
    connections.add(connection);
    void connection.closed.then(() => connections.delete(connection));
  });
  server.listen(join(directory, '.s.PGSQL.5432'));
  await once(server, 'listening');
  const close = async () => {
    server.close();
    for (const connection of connections) connection.end();
    await Promise.all([...connections].map(({ closed }) => closed));
    await rm(directory, { recursive: true, force: true });
  };
  return {
    connectionString: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(directory)}`,
    close,
  };
}
