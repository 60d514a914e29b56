import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { ObservabilityModule, READINESS, type ReadinessCheck, httpAdapter } from '#observability';
import { ProblemFilter, bodyValidation } from '#problems';
import { documentApi } from './documentation.js';
import { partFromClients } from './parting.js';

export type Service = {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string;
  /** Takes no new requests, answers those under way, then lets every module stop. */
  close: () => Promise<void>;
};

export type ServiceOptions = {
  modules: (Type | DynamicModule)[];
  /** What must be reachable before `/health/ready` says so, beside what the modules bring. */
  readiness: ReadinessCheck[];
  logger: Logger;
  host: string;
  port: number;
};

/** One Nest application over Fastify with what every app has: problems, validation, logs, metrics, health, documentation. */
export async function serve({ modules, readiness, logger, host, port }: ServiceOptions): Promise<Service> {
  @Global()
  @Module({ providers: [{ provide: READINESS, useValue: readiness }], exports: [READINESS] })
  class Readiness {}

  @Module({
    imports: [ObservabilityModule.with(logger), ...modules, Readiness],
    providers: [
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_PIPE, useFactory: bodyValidation },
    ],
  })
  class Root {}

  const app = await NestFactory.create<NestFastifyApplication>(Root, httpAdapter(), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(NestLogger));
  partFromClients(app.getHttpAdapter().getInstance());
  documentApi(app);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close(); // the projections run already: they must end before what they write to
    throw error;
  }
  return { url: await app.getUrl(), close: () => app.close() };
}
