import { once } from 'node:events';
import { Agent, type IncomingMessage, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { pino } from 'pino';
import { AccessModule, Open } from '#access';
import { serve } from './serve.js';

let begun = Promise.withResolvers<void>();
let end = Promise.withResolvers<void>();

@Controller('slow')
class SlowController {
  @Get('answer')
  @Open()
  async answer(): Promise<object> {
    begun.resolve();
    await end.promise;
    return { said: 'at last' };
  }

  @Get('stream')
  @Open()
  async stream(@Res() reply: FastifyReply): Promise<void> {
    const response = reply.hijack().raw;
    response.writeHead(200, { 'content-type': 'text/plain' }).write('said ');
    begun.resolve();
    await end.promise;
    response.end('at last');
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('a service that closes', () => {
  // The connection would be kept for 72 seconds: longer than a test may take.
  it.each(['answer', 'stream'])('waits for the %s under way and for no further question', async (route) => {
    [begun, end] = [Promise.withResolvers(), Promise.withResolvers()];
    const service = await serve({
      modules: [AccessModule.with(() => Promise.reject(new Error('nobody'))), SlowModule],
      readiness: [],
      logger: pino({ level: 'silent' }),
      host: '127.0.0.1',
      port: 0,
    });
    const agent = new Agent({ keepAlive: true });
    const answered = once(get(`${service.url}/slow/${route}`, { agent }), 'response');
    await begun.promise;
    const closed = service.close().then(() => 'closed');
    expect(await Promise.race([closed, pause(200, 'waits')])).toBe('waits');
    end.resolve();
    const [response] = (await answered) as [IncomingMessage];
    expect(await text(response)).toContain('at last');
    if (route === 'answer') expect(response.headers.connection).toBe('close');
    expect(await closed).toBe('closed');
    agent.destroy();
  });
});
