import type { Logger } from 'pino';
import { calendarUpcasts } from '#calendar';
import { AccessModule, localTokens, oidcTokens, openSigningKey, secretFor } from '#access';
import { EventStore, EventStoreModule } from '#event-store';
import { serve } from '#http-service';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { announceStation } from '#station-home';
import { stationUpcasts } from '#stations';
import { CommandsModule } from '../../commands/src/commands.module.js';
import { AgendaModule } from '../../commands/src/agenda/agenda.module.js';
import { QueriesModule } from '../../queries/src/queries.module.js';
import type { StationConfig } from './config.js';
import { startParts } from './embedded-parts.js';

export type Station = { url: string; failed: Promise<Error>; close: () => Promise<void> };

/** Everything in one process: the parts it runs on, then commands and queries behind one address. */
export async function startStation(config: StationConfig, logger: Logger): Promise<Station> {
  const parts = await startParts(config);
  const store = EventStore.connect(parts.eventStoreUrl, {
    ...requestUpcasts,
    ...stationUpcasts,
    ...policyUpcasts,
    ...calendarUpcasts,
  });
  const closing: (() => Promise<unknown>)[] = [parts.close, () => store.dispose()];
  const close = async () => {
    for (let step = closing.pop(); step; step = closing.pop()) await step();
  };
  try {
    const key = await openSigningKey(config.home);
    const tokens = config.oidc ? oidcTokens(config.oidc) : localTokens(key);
    const cursorSecret = await secretFor('cursors', key);
    const service = await serve({
      modules: [
        AccessModule.with(tokens),
        EventStoreModule.with(store),
        CommandsModule,
        AgendaModule.with(parts.databaseUrl),
        QueriesModule.with({ databaseUrl: parts.databaseUrl, publicUrl: config.publicUrl, cursorSecret }),
      ],
      readiness: [{ name: 'event-store', check: () => store.check() }],
      logger,
      host: config.host,
      port: config.port,
    });
    closing.push(service.close);
    const { url } = service;
    closing.push(
      await announceStation(config.home, { pid: process.pid, url, eventStoreUrl: parts.eventStoreUrl }),
    );
    return { url, failed: parts.failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}
