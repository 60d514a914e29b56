import Runner from 'kafkajs/src/consumer/runner.js';

/**
 * kafkajs 2.2.4 fetches anew when the set of brokers changes. A consumer that is stopped at that very moment is given fetchers after
 * its end: each asks a runner that has stopped, gets nothing at once, and asks again, without ever leaving the process a turn for
 * anything else. Now such a runner fails the fetch, as a connection would, and kafkajs ends by itself.
 */
export function endFetchersOfStoppedRunners(): void {
  const { fetch } = Runner.prototype;
  Runner.prototype.fetch = function (this: Runner, nodeId) {
    if (this.running) return fetch.call(this, nodeId);
    return Promise.reject(Object.assign(new Error('the consumer was stopped'), { retriable: true }));
  };
}
