declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The members of kafkajs 2.2.4 that the patch touches. */
  export default class RequestQueue {
    pending: unknown[];
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
}
