import { type DynamicModule, Module } from '@nestjs/common';
import type { PartitionedFeed } from '#read-store';
import { RequestHistoryController } from './history/request-history.controller.js';
import { RequestHistory } from './history/request.history.js';
import { LogbookController } from './logbook/logbook.controller.js';
import { LogbookReader } from './logbook/logbook.reader.js';
import { ProjectionController } from './projection/projection.controller.js';
import { DATABASE_URL, FEED, ReadModels } from './read-models.js';
import { RequestReadController } from './request/request.controller.js';
import { RequestReader } from './request/request.reader.js';
import { StationReadController } from './station/station.controller.js';
import { StationReader } from './station/station.reader.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsReader } from './statistics/statistics.reader.js';

/** Events in, HTTP out. Whoever composes it provides the `EventStore`. */
@Module({})
export class QueriesModule {
  /** `feed`: the log in partitions, where the projections do not read the event store itself. */
  static with({ databaseUrl, feed }: { databaseUrl: string; feed?: PartitionedFeed }): DynamicModule {
    return {
      module: QueriesModule,
      controllers: [
        RequestReadController,
        RequestHistoryController,
        StationReadController,
        LogbookController,
        StatisticsController,
        ProjectionController,
      ],
      providers: [
        { provide: DATABASE_URL, useValue: databaseUrl },
        { provide: FEED, useValue: feed ?? null },
        ReadModels,
        RequestReader,
        RequestHistory,
        StationReader,
        LogbookReader,
        StatisticsReader,
      ],
    };
  }
}
