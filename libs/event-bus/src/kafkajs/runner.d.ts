declare module 'kafkajs/src/consumer/runner.js' {
  /** The members of kafkajs 2.2.4 that the patch and its spec touch. */
  export default class Runner {
    constructor(options: object);
    readonly consuming: boolean;
    running: boolean;
    start(): Promise<void>;
    stop(): Promise<void>;
    fetch(nodeId: string): Promise<unknown[]>;
  }
}
