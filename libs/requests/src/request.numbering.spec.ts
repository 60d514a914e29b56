import { type Execution, InMemoryStreams, StreamTaken, execute } from '#event-sourcing';
import type { RequestCommand } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import { requestStream } from './request.events.js';
import { requestId } from './request.id.js';
import { sampleCommands } from './request.samples.js';

const day = '2026-11-22';

/** Two keys that give one number, as some thousand loggings of one day would have. */
function twoKeysWithOneNumber(): [string, string] {
  const keys = new Map<string, string>();
  for (let index = 0; ; index += 1) {
    const key = `key ${index}`;
    const number = requestId('YFXJ', day, key);
    const first = keys.get(number);
    if (first !== undefined) return [first, key];
    keys.set(number, key);
  }
}

const logging = (key: string, derivation = 0): Execution<RequestCommand> => {
  const id = requestId('YFXJ', day, key, derivation);
  return {
    stream: requestStream(id),
    command: { type: 'LogRequest', data: { ...sampleCommands.LogRequest.data, requestId: id } },
    key,
    metadata: {
      $correlationId: 'correlation-1',
      $causationId: key,
      actor: { subject: 'volunteer-8', name: '张连生', role: 'volunteer', station: 'YFXJ' },
      schema: 1,
      commandHash: 'the same words',
    },
    creates: true,
  };
};

const log = (streams: InMemoryStreams, ...args: Parameters<typeof logging>) =>
  execute(streams, requestDecider, logging(...args));

describe('two requests that would get one number', () => {
  const [mine, yours] = twoKeysWithOneNumber();
  it('derive the same one first and others next', () => {
    expect(logging(yours).stream).toBe(logging(mine).stream);
    expect(logging(yours, 1).stream).not.toBe(logging(mine, 1).stream);
  });

  it('are kept apart although they say the same: the second takes its next number', async () => {
    const streams = new InMemoryStreams();
    await log(streams, mine);
    await expect(log(streams, yours)).rejects.toThrow(StreamTaken);
    expect(await log(streams, yours, 1)).toMatchObject({ revision: 0n });
    expect(new Set(streams.all.map(({ stream }) => stream)).size).toBe(2);
  });

  it('are found again on the same way when they are sent again', async () => {
    const streams = new InMemoryStreams();
    await log(streams, mine);
    const first = await log(streams, yours, 1);
    expect(await log(streams, mine)).toMatchObject({ revision: 0n });
    await expect(log(streams, yours)).rejects.toThrow(StreamTaken);
    expect(await log(streams, yours, 1)).toMatchObject({ position: first.position });
    expect(streams.all).toHaveLength(2);
  });
});
