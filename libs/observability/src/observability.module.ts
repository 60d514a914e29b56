import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import type { FastifyInstance } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { observeRequests } from './request.hooks.js';

const LOGGER = Symbol('LOGGER');

/** Logs, metrics, health. `app.useLogger(app.get(Logger))` of nestjs-pino sends Nest's own lines the same way. */
@Module({})
export class ObservabilityModule {
  static with(logger: Logger): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: [
        // Requests are logged by a Fastify hook: nestjs-pino's middleware would cost a child logger for each of them.
        LoggerModule.forRoot({ pinoHttp: { logger }, forRoutes: [] }),
        TerminusModule.forRoot({ logger: false }),
      ],
      providers: [{ provide: LOGGER, useValue: logger }],
      controllers: [HealthController, MetricsController],
    };
  }

  constructor({ httpAdapter }: HttpAdapterHost, @Inject(LOGGER) logger: Logger) {
    // Before any route is registered; a hook that comes later does not see the routes before it.
    observeRequests(httpAdapter.getInstance<FastifyInstance>(), logger);
  }
}
