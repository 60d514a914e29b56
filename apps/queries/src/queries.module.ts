import { type DynamicModule, Module } from '@nestjs/common';
import { RequestHistoryController } from './history/request-history.controller.js';
import { RequestHistory } from './history/request.history.js';
import { LogbookController } from './logbook/logbook.controller.js';
import { LogbookReader } from './logbook/logbook.reader.js';
import { ProjectionController } from './projection/projection.controller.js';
import { DATABASE_URL, ReadModels } from './read-models.js';
import { RequestReadController } from './request/request.controller.js';
import { RequestReader } from './request/request.reader.js';
import { StationReadController } from './station/station.controller.js';
import { StationReader } from './station/station.reader.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsReader } from './statistics/statistics.reader.js';

/** Events in, HTTP out. Whoever composes it provides the `EventStore`. */
@Module({})
export class QueriesModule {
  static with({ databaseUrl }: { databaseUrl: string }): DynamicModule {
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
