import type { ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Get,
  HttpException,
  Logger,
  type LoggerService,
  Module,
  Param,
  Post,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  KeyReused,
  LostRace,
  NotWritten,
  type Recorded,
  Rejection,
  StaleRevision,
  StreamTaken,
} from '#event-sourcing';
import { ProblemFilter } from './problem.filter.js';
import { Problem } from './problem.js';

const accepted: Recorded = {
  type: 'Accepted',
  data: { phone: '13800000000' },
  id: 'e',
  stream: 'request-A',
  revision: 3n,
  position: 9007199254740993n,
  recordedAt: '2026-11-22T02:30:00.000Z',
  occurredAt: '2026-11-22T02:00:00.000Z',
  metadata: {
    $correlationId: 'c',
    $causationId: 'c',
    actor: { subject: 's', name: '张连生', role: 'volunteer' },
    schema: 1,
    commandHash: 'h',
  },
};

const thrown: Record<string, () => unknown> = {
  problem: () => new Problem('token-expired'),
  rejection: () => new Rejection('request-closed', { state: 'closed', allowed: ['Reopen'] }),
  stale: () => new StaleRevision(3n, [accepted]),
  reused: () => new KeyReused('k'),
  race: () => new LostRace('request-A'),
  taken: () => new StreamTaken('request-A'),
  full: () => new NotWritten('The event store has no room left: nothing was written. secret'),
  gone: () => Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:2113'), { code: 'ECONNREFUSED' }),
  bug: () => new TypeError('secret is undefined'),
  text: () => 'secret',
  nothing: () => undefined,
  teapot: () => new HttpException('short and stout', 418),
  away: () => new ServiceUnavailableException('secret'),
  odd: () => new HttpException('secret', 502),
};

@Controller()
class Thrower {
  @Get('throw/:what')
  throw(@Param('what') what: string): never {
    throw thrown[what]?.();
  }

  @Get('half')
  half(@Res() reply: { raw: ServerResponse }): never {
    reply.raw.write('[1,');
    throw new Error('the second half');
  }

  @Post('echo')
  echo(@Body() body: unknown): unknown {
    return body;
  }
}

@Module({ controllers: [Thrower], providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
class ThrowerModule {}

describe('the problem filter', () => {
  const logged: unknown[][] = [];
  const note =
    (level: string) =>
    (...said: unknown[]) =>
      void logged.push([level, ...said]);
  const logger: LoggerService = {
    log: note('log'),
    error: note('error'),
    warn: note('warn'),
    debug: note('debug'),
  };
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ bodyLimit: 100, genReqId: () => 'corr-1' });
    app = await NestFactory.create<NestFastifyApplication>(ThrowerModule, adapter, {
      bodyParser: false,
      logger,
    });
    await app.init();
  });
  beforeEach(() => void logged.splice(0));
  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(['error']);
  });

  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'GET', url, headers });
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/echo', payload, headers: { 'content-type': type } });

  it.each([
    ['problem', 401, 'token-expired'],
    ['rejection', 409, 'not-allowed-in-state'],
    ['stale', 412, 'precondition-failed'],
    ['reused', 422, 'idempotency-key-reused'],
    ['race', 409, 'conflict'],
    ['taken', 409, 'conflict'],
    ['full', 503, 'not-written'],
    ['gone', 503, 'unavailable'],
    ['bug', 500, 'internal'],
    ['text', 500, 'internal'],
    ['nothing', 500, 'internal'],
    ['teapot', 400, 'malformed-request'],
    ['away', 503, 'unavailable'],
    ['odd', 500, 'internal'],
  ])('answers %s with %d %s and nothing secret', async (name, status, slug) => {
    const answer = await get(`/throw/${name}?text=secret`);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({
      type: `urn:yizhan:problem:${slug}`,
      status,
      instance: `/throw/${name}`,
      correlationId: 'corr-1',
    });
    expect(answer.payload).not.toMatch(/secret|10\.0\.0\.5|13800000000/);
  });

  it('speaks the language asked for and says which', async () => {
    const zh = await get('/throw/bug');
    expect(zh.headers).toMatchObject({ 'content-language': 'zh-CN', vary: 'accept-language' });
    expect(zh.json<{ title: string }>().title).toBe('系统出错');
    const en = await get('/throw/bug', { 'accept-language': 'en-US,en;q=0.9,zh;q=0.5' });
    expect(en.headers['content-language']).toBe('en');
    expect(en.json<{ title: string }>().title).toBe('Internal error');
  });

  it('lists the events that came in between, without their data', async () => {
    const answer = await get('/throw/stale');
    expect(answer.headers['etag']).toBe('"3"');
    expect(answer.json()).toMatchObject({
      revision: '3',
      events: [
        {
          type: 'Accepted',
          revision: '3',
          occurredAt: '2026-11-22T02:00:00.000Z',
          recordedAt: '2026-11-22T02:30:00.000Z',
          actor: { name: '张连生', role: 'volunteer' },
        },
      ],
    });
  });

  it('adds the headers of the problem', async () => {
    expect((await get('/throw/problem')).headers['www-authenticate']).toContain('error="invalid_token"');
    expect((await get('/throw/gone')).headers['retry-after']).toBe('5');
  });

  it('logs a fault of ours with its stack and a refusal as a detail', async () => {
    await get('/throw/bug');
    expect(logged).toContainEqual([
      'error',
      'secret is undefined',
      expect.stringContaining('TypeError: secret is undefined\n'),
      'Problem',
    ]);
    await get('/throw/gone');
    expect(logged).toContainEqual(['warn', expect.stringMatching(/^503 unavailable: connect/), 'Problem']);
    logged.splice(0);
    await get('/throw/rejection');
    expect(logged).toEqual([['debug', '409 not-allowed-in-state', 'Problem']]);
  });

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400, 'malformed-json'],
    ['no JSON at all', '', 'application/json', 400, 'malformed-json'],
    ['a poisoned prototype', '{"__proto__":{"admin":true}}', 'application/json', 400, 'malformed-json'],
    ['another media type', 'a=1', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['too much', JSON.stringify('x'.repeat(200)), 'application/json', 413, 'body-too-large'],
  ])('answers %s', async (_, payload, type, status, slug) => {
    const answer = await post(payload, type);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ type: `urn:yizhan:problem:${slug}`, instance: '/echo' });
  });

  it('breaks the connection when half an answer is out', async () => {
    await expect(get('/half')).rejects.toThrow();
    expect(logged).toContainEqual(['error', 'the second half', expect.any(String), 'Problem']);
  });

  it('answers an address that does not exist', async () => {
    expect((await get('/nowhere')).json()).toMatchObject({
      type: 'urn:yizhan:problem:not-found-route',
      status: 404,
      instance: '/nowhere',
    });
  });
});
