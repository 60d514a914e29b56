import { type DynamicModule, Module } from '@nestjs/common';
import { Calendars } from './calendar/calendars.js';
import { CalendarReadController } from './calendar/calendar.controller.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { DistrictCallbacksController } from './callbacks/district-callbacks.controller.js';
import { CallbacksReader } from './callbacks/callbacks.reader.js';
import { ChartController } from './chart/chart.controller.js';
import { ContractsController } from './contracts/contracts.controller.js';
import { DeadlinesController } from './deadlines/deadlines.controller.js';
import { Cursors } from './events/cursor.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { CURSOR_SECRET, PUBLIC_URL } from './events/events.settings.js';
import { PublicLog } from './events/public-log.js';
import { Publishing } from './events/publishing.js';
import { StationPlaces } from './events/station-places.js';
import { Tail } from './events/tail.js';
import type { PartitionedFeed } from '#read-store';
import { Completeness } from './feed/completeness.js';
import { RequestHistoryController } from './history/request-history.controller.js';
import { RequestHistory } from './history/request.history.js';
import { LogbookController } from './logbook/logbook.controller.js';
import { LogbookReader } from './logbook/logbook.reader.js';
import { Districts } from './policy/districts.js';
import { Policies } from './policy/policies.js';
import { PolicyReadController } from './policy/policy.controller.js';
import { ParkedController } from './projection/parked.controller.js';
import { ProjectionController } from './projection/projection.controller.js';
import { DATABASE_URL, FEED, ReadModels } from './read-models.js';
import { Evidence } from './rates/evidence.js';
import { RatesController } from './rates/rates.controller.js';
import { RatesFrames } from './rates/rates.frame.js';
import { RatesReader } from './rates/rates.reader.js';
import { RequestReadController } from './request/request.controller.js';
import { RequestReader } from './request/request.reader.js';
import { StationReadController } from './station/station.controller.js';
import { StationReader } from './station/station.reader.js';
import { StatisticsOfDistrict } from './statistics/district.statistics.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsReader } from './statistics/statistics.reader.js';
import { TodayController } from './today/today.controller.js';
import { TodayReader } from './today/today.reader.js';

export type QueriesOptions = {
  databaseUrl: string;
  /** Where everybody finds the API, e.g. `https://yizhan.example`. */
  publicUrl: string;
  /** Seals the cursors of those who follow events. */
  cursorSecret: Buffer;
  /** The log in partitions, where the projections do not read the event store itself. */
  feed?: PartitionedFeed;
};

/** Events in, HTTP out. Whoever composes it provides the `EventStore`. */
@Module({})
export class QueriesModule {
  static with({ databaseUrl, publicUrl, cursorSecret, feed }: QueriesOptions): DynamicModule {
    return {
      module: QueriesModule,
      controllers: [
        RequestReadController,
        RequestHistoryController,
        StationReadController,
        LogbookController,
        CallbacksController,
        DistrictCallbacksController,
        TodayController,
        StatisticsController,
        RatesController,
        ChartController,
        PolicyReadController,
        CalendarReadController,
        DeadlinesController,
        ProjectionController,
        ParkedController,
        EventsController,
        ContractsController,
      ],
      providers: [
        { provide: DATABASE_URL, useValue: databaseUrl },
        { provide: FEED, useValue: feed ?? null },
        { provide: PUBLIC_URL, useValue: publicUrl },
        { provide: CURSOR_SECRET, useValue: cursorSecret },
        ReadModels,
        Completeness,
        RequestReader,
        RequestHistory,
        StationReader,
        LogbookReader,
        CallbacksReader,
        TodayReader,
        StatisticsReader,
        RatesReader,
        RatesFrames,
        Evidence,
        StatisticsOfDistrict,
        Districts,
        Policies,
        Calendars,
        Cursors,
        EventStreams,
        PublicLog,
        Publishing,
        StationPlaces,
        Tail,
      ],
    };
  }
}
