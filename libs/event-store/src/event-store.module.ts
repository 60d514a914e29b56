import { type DynamicModule, Module } from '@nestjs/common';
import { EventStore } from './event-store.js';

/** Makes one connection available to every module of the application. */
@Module({})
export class EventStoreModule {
  static with(store: EventStore): DynamicModule {
    return {
      module: EventStoreModule,
      global: true,
      providers: [{ provide: EventStore, useValue: store }],
      exports: [EventStore],
    };
  }
}
