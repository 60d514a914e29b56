import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { EventStreams } from './event-streams.js';

// Nothing ever happens.
const log = {
  follow: (_: bigint, signal: AbortSignal) => ({
    [Symbol.asyncIterator]: () => ({
      next: () => once(signal, 'abort').then(() => ({ done: true, value: undefined })),
    }),
  }),
};
const following = {
  selection: { principal: { subject: 's' } },
  cursor: { at: String, read: BigInt },
  after: 0n,
  until: Date.now() + 60_000,
};

describe('those who follow', () => {
  const streams = new EventStreams(log as never, { stop: () => undefined } as never);
  const serve = () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const reply = { getHeaders: () => ({}), hijack: () => ({ raw: response }) };
    return { response, over: streams.serve(reply as never, following as never) };
  };

  it('are a thousand at most, and whoever leaves makes room for another one', async () => {
    const served = Array.from({ length: 1_000 }, serve);
    await expect(serve().over).rejects.toThrow('unavailable');
    served[0]?.response.emit('close');
    await served[0]?.over;
    served.push(serve());
    await expect(serve().over).rejects.toThrow('unavailable');
    for (const { response } of served) response.emit('close');
    await Promise.all(served.map(({ over }) => over));
  });
});
