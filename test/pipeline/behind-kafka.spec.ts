import { jest } from '@jest/globals';
import { lifeOfARequest } from '../http/journey.contract.js';
import { merging } from '../http/merging.contract.js';
import { splitting } from '../http/splitting.contract.js';
import type { Town } from '../http/town.js';
import { describeWith } from '../servers/describe-with.fixture.js';
import { startServers } from './pipeline.process.js';
import { townBehindKafka } from './town-behind-kafka.js';

jest.setTimeout(240_000);

// The very tests of a station.
await describeWith('Kafka with PostgreSQL', startServers, 'behind Kafka', (servers) => {
  let town: Promise<Town> | undefined;
  afterAll(async () => {
    await (await town)?.events.dispose();
    await servers.stop();
  });
  const open = async (): Promise<Town> => {
    town ??= townBehindKafka(servers);
    return { ...(await town), leave: async () => undefined };
  };
  lifeOfARequest(open);
  merging(open);
  splitting(open);
});
