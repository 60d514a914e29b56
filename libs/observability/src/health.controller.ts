import { Controller, Get, Inject, Logger, Optional, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { Open } from '#access';
import { ApiProblems, Problem } from '#problems';

/** Injection token of the array of {@link ReadinessCheck}; a global module provides it. */
export const READINESS = Symbol('READINESS');

/** What a part still lacks, each with its state, in words that everybody may read. */
export class NotReady extends Error {
  constructor(readonly lacking: Readonly<Record<string, string>>) {
    super(
      Object.entries(lacking)
        .map(([name, state]) => `${name}: ${state}`)
        .join('; '),
    );
  }
}

/** Resolves when the part can do its work, rejects when it cannot: with {@link NotReady} to say why to everybody. */
export type ReadinessCheck = { name: string; check(): Promise<void> };

const patience = 2000; // ms: a check that hangs is a failed one

@ApiTags('operation')
@Controller('health')
export class HealthController {
  private readonly logger = new Logger('Health');

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    @Optional() @Inject(READINESS) private readonly readiness: ReadinessCheck[] | null,
  ) {}

  /** The process runs and answers. */
  @Get('live')
  @Open()
  @HealthCheck({ swaggerDocumentation: false })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }

  /** Event store, read models and whatever else the app needs can be reached. */
  @Get('ready')
  @Open()
  @HealthCheck({ swaggerDocumentation: false })
  @ApiProblems('unavailable')
  async ready(): Promise<HealthCheckResult> {
    const checks = (this.readiness ?? []).map((part) => () => this.ask(part));
    try {
      return await this.health.check(checks);
    } catch (error) {
      throw unready(error);
    }
  }

  // Any other reason goes to the log and not to the client: it may name hosts.
  private async ask({ name, check }: ReadinessCheck): Promise<HealthIndicatorResult> {
    const indicator = this.indicator.check(name);
    try {
      await within(patience, check());
      return indicator.up();
    } catch (error) {
      this.logger.warn(`${name} is not ready: ${error instanceof Error ? error.message : String(error)}`);
      return indicator.down(error instanceof NotReady ? error.lacking : {});
    }
  }
}

function unready(error: unknown): Error {
  if (!(error instanceof ServiceUnavailableException)) return error as Error;
  const { details } = error.getResponse() as HealthCheckResult;
  return new Problem('unavailable', {}, { checks: details });
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
