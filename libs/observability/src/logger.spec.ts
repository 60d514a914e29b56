import { PassThrough } from 'node:stream';
import { correlated } from './correlation.js';
import { createLogger, forPeople } from './logger.js';

describe('the logger', () => {
  let lines: Record<string, unknown>[];
  const to = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };

  beforeEach(() => {
    lines = [];
  });

  it('writes JSON with level names and UTC times', () => {
    createLogger('info', to).info({ a: 1 }, 'hello');
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), a: 1, msg: 'hello' },
    ]);
  });

  it('is as quiet as it was told to be', () => {
    const logger = createLogger('warn', to);
    logger.info('not this');
    logger.warn('this');
    createLogger('silent', to).fatal('nor this');
    expect(lines.map(({ msg }) => msg)).toEqual(['this']);
  });

  it('adds the correlation id of the request it writes for', () => {
    const logger = createLogger('info', to);
    correlated('c-1', () => logger.info('inside'));
    logger.info('outside');
    expect(lines.map((line) => line['correlationId'])).toEqual(['c-1', undefined]);
  });

  it('keeps credentials out', () => {
    const logger = createLogger('info', to);
    logger.info({
      authorization: 'Bearer secret',
      headers: { authorization: 'Bearer secret', cookie: 'secret' },
    });
    logger.info({ req: { headers: { authorization: 'Bearer secret' } }, token: 'secret' });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('writes a line for people on a terminal', () => {
    const terminal = new PassThrough();
    const logger = createLogger('info', forPeople({ destination: terminal, colorize: false }));
    logger.info({ method: 'GET', status: 200, ms: 1.5 }, 'GET /v1/requests 200');
    logger.warn('the event store cannot be reached');
    const [first, second] = String(terminal.read()).split('\n');
    expect(first).toMatch(
      /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: GET \/v1\/requests 200 \{"method":"GET","status":200,"ms":1\.5\}$/,
    );
    expect(second).toMatch(/^\[[\d:.]+\] WARN: the event store cannot be reached$/);
  });
});
