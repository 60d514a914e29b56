import type { Kafka } from 'kafkajs';
import { BusUnavailable } from '../bus-unavailable.js';
import { asking } from './topics.js';

const failing = (name: string) => Object.assign(new Error('Broker -1 not found'), { name });

/** Clients that note in the log when they come and go. */
const clients = (log: string[]) => {
  const admin = {
    connect: async () => void log.push('connected'),
    disconnect: async () => void log.push('left'),
  };
  return { admin: () => admin } as unknown as Kafka;
};

describe('a question to the brokers', () => {
  it('is asked again, by a client anew, while the broker knows no controller yet', async () => {
    const log: string[] = [];
    let asked = 0;
    const ask = async () => {
      asked += 1;
      if (asked < 3) throw failing('KafkaJSBrokerNotFound');
      return 'answered';
    };
    expect(await asking(clients(log), ask)).toBe('answered');
    expect(log).toEqual(['connected', 'left', 'connected', 'left', 'connected', 'left']);
  });

  it('is asked again while the leader of a partition is not settled', async () => {
    const refusal = Object.assign(new Error('This server is not the leader for that topic-partition'), {
      name: 'KafkaJSProtocolError',
      type: 'NOT_LEADER_FOR_PARTITION',
    });
    const answers = [
      Promise.reject(refusal),
      Promise.reject(new Error(refusal.message, { cause: refusal })), // as kafkajs wraps what it does not repeat
      Promise.resolve('answered'),
    ];
    for (const answer of answers) answer.catch(() => undefined);
    expect(
      await asking(clients([]), () => answers.shift() ?? Promise.reject(new Error('asked too often'))),
    ).toBe('answered');
    expect(answers).toEqual([]);
  });

  it('fails at once with whatever else it is', async () => {
    const log: string[] = [];
    const failure = failing('KafkaJSConnectionError');
    await expect(asking(clients(log), () => Promise.reject(failure))).rejects.toThrow(BusUnavailable);
    expect(log).toEqual(['connected', 'left']);
  });
});
