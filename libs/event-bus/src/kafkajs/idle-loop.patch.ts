import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const checkInterval = 10; // kafkajs' own, in milliseconds

/**
 * kafkajs 2.2.4 looks for pending requests after every answer, and after looking schedules the next look in
 * `throttledUntil - now` milliseconds: without throttling a large negative number, which is at once. Every idle connection
 * so spins 12,000 times a second, and Node 24 warns of each negative timeout. Now it looks again only while something waits.
 */
export function calmIdleConnections(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length === 0 || this.throttleCheckTimeoutId) return;
    const throttled = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttled > 0 ? throttled : checkInterval,
    );
  };
}
