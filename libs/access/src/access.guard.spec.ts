import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Module, Post, type Type, UseGuards } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ProblemFilter } from '#problems';
import { AccessModule } from './access.module.js';
import { Allow, Open } from './allow.decorator.js';
import { Caller } from './caller.decorator.js';
import { LoopbackOnly } from './loopback-only.guard.js';
import type { Principal } from './principal.js';
import { openSigningKey, type SigningKey } from './signing-key.js';
import { issueToken } from './token.js';
import { localTokens } from './token.sources.js';

@Controller()
class Doors {
  @Get('history')
  @Allow('read-history')
  history(@Caller() caller: Principal): object {
    return { caller };
  }

  @Post('assignment')
  @Allow('assign')
  assign(): object {
    return { done: true };
  }

  @Get('live')
  @Open()
  live(): string {
    return 'ok';
  }

  @Get('nobody')
  @Open()
  nobody(@Caller() caller: Principal): object {
    return { caller };
  }

  @Get('inside')
  @Open()
  @UseGuards(LoopbackOnly)
  inside(): string {
    return 'inside';
  }
}

@Controller()
class Forgotten {
  @Get('forgotten')
  forgotten(): string {
    return 'secret';
  }
}

const auditor: Principal = { subject: 'a', name: '审计', role: 'auditor', scope: { district: 'XC' } };

describe('the guard', () => {
  let home: string;
  let key: SigningKey;
  let app: NestFastifyApplication;

  const start = async (controllers: Type[]): Promise<NestFastifyApplication> => {
    const filter = { provide: APP_FILTER, useClass: ProblemFilter };
    @Module({ imports: [AccessModule.with(localTokens(key))], controllers, providers: [filter] })
    class DoorModule {}
    return NestFactory.create<NestFastifyApplication>(DoorModule, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'guard-'));
    key = await openSigningKey(home);
    app = await start([Doors]);
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true });
  });

  const ask = (url: string, authorization?: string, method: 'GET' | 'POST' = 'GET') =>
    app.inject({ method, url, headers: authorization === undefined ? {} : { authorization } });

  it('lets in whose role may do it, and the route knows who that is', async () => {
    const answer = await ask('/history', `Bearer ${await issueToken(key, auditor)}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ caller: auditor });
  });

  it('reads the scheme in any case', async () => {
    expect((await ask('/history', `bearer  ${await issueToken(key, auditor)}`)).statusCode).toBe(200);
  });

  it('refuses a role that may not', async () => {
    const answer = await ask('/assignment', `Bearer ${await issueToken(key, auditor)}`, 'POST');
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:forbidden-role' });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer x', 'Basic YTpi', 'Bearer a b', 'Bearer ü'])(
    'asks for a token when it gets %j',
    async (authorization) => {
      const answer = await ask('/history', authorization);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="yizhan"');
      expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:unauthenticated' });
    },
  );

  it('tells an expired token from a wrong one', async () => {
    const answer = await ask('/history', `Bearer ${await issueToken(key, auditor, '-1 hour')}`);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:token-expired' });
  });

  it('leaves open routes open, without a caller', async () => {
    expect((await ask('/live')).payload).toBe('ok');
    expect((await ask('/nobody')).statusCode).toBe(401);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['this machine', '127.0.0.1', {}, 200],
    ['this machine over IPv6', '::1', {}, 200],
    ['this machine in a dual-stack socket', '::ffff:127.0.0.1', {}, 200],
    ['another machine', '10.0.0.9', {}, 404],
    ['another machine that looks alike', '::ffff:10.127.0.1', {}, 404],
    ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '10.0.0.9' }, 404],
    ['a proxy that says so in the standard way', '127.0.0.1', { forwarded: 'for=10.0.0.9' }, 404],
  ])('opens a loopback route for %s only when it is near', async (_, remoteAddress, headers, status) => {
    expect((await app.inject({ url: '/inside', remoteAddress, headers })).statusCode).toBe(status);
  });

  it('documents the token and its problems', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
    expect(document.paths['/history']?.get?.security).toEqual([{ bearer: [] }]);
    expect(Object.keys(document.paths['/history']?.get?.responses ?? {})).toEqual(
      expect.arrayContaining(['401', '403', '500', '503']),
    );
    expect(document.paths['/live']?.get?.security).toBeUndefined();
  });

  it('keeps the app from starting when a route was forgotten', async () => {
    const careless = await start([Doors, Forgotten]);
    await expect(careless.init()).rejects.toThrow('neither @Allow nor @Open: Forgotten.forgotten');
  });
});
