import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../../postgres/start-postgres.js';
import { startServer } from '../server-process.js';
import { caughtUp, openStation, tokensFor } from '../station-client.js';

export type Contestant = {
  name: string;
  url: string;
  headers: Record<string, string>;
  keyed?: boolean;
  /** Resolves when it has no work left from the round before. */
  settle: () => Promise<void>;
};

const contestantsFolder = 'test/bench/contestants';
const pool = '16';

/** Every contestant's server, running and idle. */
export async function startContestants(
  home: string,
  profiles: string | undefined,
): Promise<AsyncDisposable & { all: Contestant[] }> {
  await using running = new AsyncDisposableStack();
  const all: Contestant[] = [];
  const start = async (script: string, name: string, environment: Record<string, string>) => {
    const own = join(home, name.replaceAll(/\W+/g, '-'));
    mkdirSync(own, { recursive: true });
    const tokens = await tokensFor(own);
    const settings = { YIZHAN_HOME: own, PORT: '0', ...environment };
    const server = running.use(
      await startServer({ script, environment: settings, log: `${own}.log`, profiles }),
    );
    const headers = { authorization: `Bearer ${tokens.volunteer}` };
    return { name, url: server.url, headers, tokens, settle: async () => {} };
  };
  const ours = async (script: string, name: string, environment: Record<string, string>) => {
    const contestant = await start(script, name, environment);
    await openStation(contestant.url, contestant.tokens.admin);
    return contestant;
  };

  const validate = `${contestantsFolder}/validate-only.js`;
  all.push(await start(validate, 'validate-only', { YIZHAN_HOME: '' }));
  all.push(await start(validate, 'validate-only, guarded', {}));

  const postgres = await startPostgres({ settings: ['fsync=on', 'synchronous_commit=on'] });
  if ('unavailable' in postgres) throw new Error(`no PostgreSQL to compare with: ${postgres.unavailable}`);
  running.defer(postgres.stop);
  const crud = { DATABASE_URL: postgres.url, POOL: pool };
  all.push(await start(`${contestantsFolder}/crud.js`, 'CRUD', crud));
  all.push(
    await start(`${contestantsFolder}/crud.js`, 'CRUD, one statement', { ...crud, ONE_STATEMENT: '1' }),
  );

  const station = await ours('apps/station/src/main.js', 'station', {});
  all.push({ ...station, settle: () => caughtUp(station.url) });

  const node = running.use(
    await startServer({
      script: `${contestantsFolder}/node.js`,
      environment: { DIRECTORY: join(home, 'node') },
      log: join(home, 'node.log'),
      profiles,
    }),
  );
  const commands = await ours('apps/commands/src/main.js', 'commands', { EVENTSTORE_URL: node.url });
  all.push(commands);
  all.push({ ...commands, name: 'commands, with Idempotency-Key', keyed: true });

  const kept = running.move();
  return { all, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
