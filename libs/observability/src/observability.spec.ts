import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { Body, Controller, Get, Global, Logger as NestLogger, Module, Param, Post } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import { Logger } from 'nestjs-pino';
import { AccessModule, Allow, issueToken, localTokens, Open, openSigningKey } from '#access';
import { bodyValidation, ProblemFilter } from '#problems';
import { correlationId } from './correlation.js';
import { READINESS, type ReadinessCheck } from './health.controller.js';
import { httpAdapter } from './http-adapter.js';
import { createLogger } from './logger.js';
import { appends, projectionLagSeconds, projectionPosition } from './metrics.js';
import { ObservabilityModule } from './observability.module.js';

class Note {
  @IsString()
  text!: string;
}

@Controller('notes')
class NoteController {
  private readonly logger = new NestLogger('Notes');

  @Post()
  @Open()
  async write(@Body() _note: Note): Promise<object> {
    await setTimeout(1);
    this.logger.log('deep inside');
    return { correlationId: correlationId() };
  }

  @Get(':id')
  @Allow('read-request')
  read(@Param('id') id: string): object {
    return { id };
  }

  @Get(':id/fault')
  @Open()
  fault(): never {
    throw new Error('broken inside');
  }
}

let lines: Record<string, unknown>[] = [];
const logger = createLogger('debug', {
  write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
});

const requestLines = () => lines.filter((line) => 'ms' in line);

const parts: Record<string, () => Promise<void>> = {};
const readiness: ReadinessCheck[] = ['event-store', 'read-store'].map((name) => ({
  name,
  check: () => parts[name]?.() ?? Promise.resolve(),
}));

@Global()
@Module({ providers: [{ provide: READINESS, useValue: readiness }], exports: [READINESS] })
class PartsModule {}

describe('an observed app', () => {
  let home: string;
  let token: string;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'observed-'));
    const key = await openSigningKey(home);
    token = await issueToken(key, {
      subject: 'zhang',
      name: '张连生',
      role: 'volunteer',
      scope: { station: 'YFXJ' },
    });
    @Module({
      imports: [ObservabilityModule.with(logger), AccessModule.with(localTokens(key)), PartsModule],
      controllers: [NoteController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: bodyValidation },
      ],
    })
    class ObservedModule {}
    const options = { bodyParser: false, bufferLogs: true } as const;
    app = await NestFactory.create<NestFastifyApplication>(ObservedModule, httpAdapter(), options);
    app.useLogger(app.get(Logger));
    await app.listen(0, '127.0.0.1');
  });
  beforeEach(() => {
    lines = [];
    for (const name of Object.keys(parts)) delete parts[name];
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true });
  });

  const scrape = async () => (await app.inject('/metrics')).payload;
  const write = (headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/notes?q=secret', payload: { text: '结冰' }, headers });

  const writeSlowly = async (id: string, agent: Agent): Promise<string> => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const headers = { 'content-type': 'application/json', 'x-correlation-id': id };
    const call = request({ port, agent, path: '/notes', method: 'POST', headers });
    const answered = once(call, 'response') as Promise<[IncomingMessage]>;
    call.write('{"text":');
    await setTimeout(10);
    call.end('"x"}');
    const [response] = await answered;
    return text(response);
  };

  describe('correlates', () => {
    it('the answer, the work and the log lines', async () => {
      const answer = await write({ 'x-correlation-id': 'c-7' });
      expect(answer.headers['x-correlation-id']).toBe('c-7');
      expect(answer.json()).toEqual({ correlationId: 'c-7' });
      expect(lines.find(({ msg }) => msg === 'deep inside')).toMatchObject({
        correlationId: 'c-7',
        context: 'Notes',
      });
      expect(requestLines()).toMatchObject([{ correlationId: 'c-7' }]);
    });

    it('over real connections, where bodies arrive in pieces and at the same time', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 2 });
      const ids = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5', 'c-6'];
      const answers = await Promise.all(ids.map((id) => writeSlowly(id, agent)));
      agent.destroy();
      expect(answers.map((answer) => JSON.parse(answer) as unknown)).toEqual(
        ids.map((id) => ({ correlationId: id })),
      );
    });

    it('problems, even of addresses nobody can read', async () => {
      const headers = { 'x-correlation-id': 'c-9', 'accept-language': 'en' };
      for (const url of ['/nowhere', '/notes/%zz', `/notes/${'x'.repeat(200)}`]) {
        const answer = await app.inject({ url, headers });
        expect(answer.headers['x-correlation-id']).toBe('c-9');
        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
        expect(answer.json()).toMatchObject({ correlationId: 'c-9', instance: url });
      }
    });
  });

  describe('refuses', () => {
    it.each(['GET /诉求 HTTP/1.1\r\n\r\n', 'hello\r\n\r\n'])(
      'what is not HTTP as a problem: %j',
      async (bytes) => {
        const { port } = app.getHttpServer().address() as AddressInfo;
        const socket = connect(port, '127.0.0.1');
        socket.write(bytes);
        const [head, body] = (await text(socket)).split('\r\n\r\n');
        expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
        expect(head).toContain('content-type: application/problem+json');
        expect(JSON.parse(body ?? '')).toMatchObject({
          type: 'urn:yizhan:problem:malformed-request',
          title: '请求不正确',
        });
      },
    );
  });

  describe('reads', () => {
    it.each([
      ['text/plain', 'x', 415, 'unsupported-media-type'],
      ['application/x-www-form-urlencoded', 'text=x', 415, 'unsupported-media-type'],
      ['application/json', JSON.stringify({ text: 'x'.repeat(64 * 1024) }), 413, 'body-too-large'],
    ])('nothing but JSON of 64 KiB: %s', async (type, payload, status, slug) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/notes',
        payload,
        headers: { 'content-type': type },
      });
      expect(answer.statusCode).toBe(status);
      expect(answer.json()).toMatchObject({ type: `urn:yizhan:problem:${slug}` });
    });
  });

  describe('logs', () => {
    it('one line for a request, with who asked and without what was searched', async () => {
      await app.inject({ url: '/notes/7?q=secret', headers: { authorization: `Bearer ${token}` } });
      expect(requestLines()).toEqual([
        {
          level: 'info',
          time: expect.any(String),
          method: 'GET',
          url: '/notes/7',
          status: 200,
          ms: expect.any(Number),
          correlationId: expect.any(String),
          role: 'volunteer',
          subject: 'zhang',
          msg: 'GET /notes/7 200',
        },
      ]);
      expect(JSON.stringify(lines)).not.toMatch(/secret|张连生|Bearer/);
    });

    it('a fault of ours with its stack', async () => {
      const answer = await app.inject('/notes/7/fault');
      expect(answer.payload).not.toContain('broken inside');
      const fault = lines.find(({ level }) => level === 'error');
      expect(fault).toMatchObject({
        err: { message: 'broken inside', stack: expect.stringContaining('fault') },
      });
      expect(fault?.['correlationId']).toBe(answer.json<{ correlationId: string }>().correlationId);
      expect(requestLines()).toMatchObject([{ level: 'warn', status: 500 }]);
    });
  });

  describe('measures', () => {
    it('requests by the pattern of their route', async () => {
      for (const id of ['1', '2', '3']) {
        await app.inject({ url: `/notes/${id}`, headers: { authorization: `Bearer ${token}` } });
      }
      await app.inject('/nowhere/secret');
      const text = await scrape();
      const count =
        /yizhan_http_request_duration_seconds_count\{method="GET",route="\/notes\/:id",status="200"\} (\d+)/;
      expect(Number(count.exec(text)?.[1])).toBeGreaterThanOrEqual(3);
      expect(text).toMatch(/_count\{method="GET",route="unmatched",status="404"\} \d+/);
      expect(text).not.toMatch(/route="\/notes\/\d|nowhere/);
    });

    it('appends, projections and the process', async () => {
      appends.inc({ category: 'request', outcome: 'appended' });
      projectionPosition.set({ projection: 'logbook@1' }, 42);
      projectionLagSeconds.set({ projection: 'logbook@1' }, 0.5);
      const text = await scrape();
      expect(text).toContain('yizhan_appends_total{category="request",outcome="appended"} 1');
      expect(text).toContain('yizhan_projection_position{projection="logbook@1"} 42');
      expect(text).toContain('yizhan_projection_lag_seconds{projection="logbook@1"} 0.5');
      expect(text).toContain('process_resident_memory_bytes');
    });

    it('for nobody but this machine', async () => {
      const near = await app.inject('/metrics');
      expect(near.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
      const far = await app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
      expect(far.statusCode).toBe(404);
      expect(far.payload).not.toContain('process_');
    });
  });

  describe('tells its health', () => {
    it('alive as long as it answers', async () => {
      parts['event-store'] = () => Promise.reject(new Error('gone'));
      const answer = await app.inject('/health/live');
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({ status: 'ok' });
    });

    it('ready when all its parts are', async () => {
      const answer = await app.inject('/health/ready');
      expect(answer.statusCode).toBe(200);
      expect(answer.json()).toMatchObject({
        status: 'ok',
        details: { 'event-store': { status: 'up' }, 'read-store': { status: 'up' } },
      });
    });

    it('not ready when one is gone, and why only in the log', async () => {
      parts['read-store'] = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432'));
      const answer = await app.inject('/health/ready');
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.json()).toMatchObject({
        type: 'urn:yizhan:problem:unavailable',
        checks: { 'event-store': { status: 'up' }, 'read-store': { status: 'down' } },
      });
      expect(answer.payload).not.toContain('10.0.0.5');
      expect(lines.some(({ msg }) => String(msg).includes('10.0.0.5:5432'))).toBe(true);
    });

    it('not ready when one does not answer', async () => {
      parts['event-store'] = () => new Promise(() => {});
      const answer = await app.inject('/health/ready');
      expect(answer.statusCode).toBe(503);
      expect(answer.json()).toMatchObject({ checks: { 'event-store': { status: 'down' } } });
    });

    it('not ready when a check fails before it begins', async () => {
      parts['event-store'] = () => {
        throw new Error('never connected');
      };
      expect((await app.inject('/health/ready')).statusCode).toBe(503);
    });
  });
});
