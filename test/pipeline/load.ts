import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk } from './desk.js';

/** A write that was answered with success: from here on it must not get lost. */
export type Acknowledged = { id: string; token: string };

const inFlight = 64; // at most: a machine that cannot keep the pace gets less, not more and more at once

/** Requests that are logged and assigned, two writes each, at a pace and until it is ended. A refused one is logged as a failure. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  readonly failures: string[] = [];
  private readonly ending = new AbortController();
  private readonly began = performance.now();
  private over: number | undefined;
  private readonly lanes: Promise<void>[];

  constructor(
    private readonly desk: Desk,
    private readonly station: string,
    writesPerSecond: number,
  ) {
    const pause = (2 * inFlight * 1_000) / writesPerSecond;
    this.lanes = Array.from({ length: inFlight }, (_, lane) => this.lane(pause, (lane * pause) / inFlight));
  }

  /** The newest write of all. */
  get last(): Acknowledged {
    return this.acknowledged.at(-1) ?? { id: '', token: '' };
  }

  /** Resolves when so many more writes were acknowledged. */
  async grows(requests: number): Promise<void> {
    const due = this.acknowledged.length + requests;
    while (this.acknowledged.length < due) await sleep(20);
  }

  /** Writes that were acknowledged in a second, over all that it lasted. */
  get pace(): number {
    return (2_000 * this.acknowledged.length) / ((this.over ?? performance.now()) - this.began);
  }

  async end(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.lanes);
    this.over ??= performance.now();
  }

  private async lane(pause: number, first: number): Promise<void> {
    const { signal } = this.ending;
    const pass = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
    await pass(first);
    while (!signal.aborted) {
      const began = Date.now();
      await this.write().catch((error: unknown) => this.failures.push(String(error)));
      await pass(Math.max(0, pause - (Date.now() - began)));
    }
  }

  private async write(): Promise<void> {
    const logged = await this.desk.log(this.station, canary);
    const id = logged.body.id as string;
    const assigned = logged.status === 201 ? await this.desk.assign(this.station, id) : logged;
    if (assigned.status === 200) this.acknowledged.push({ id, token: assigned.token });
    else this.failures.push(`${assigned.status} ${JSON.stringify(assigned.body)}`);
  }
}

/** Stands in every request, and must stand on no public topic. */
export const canary = '李奶奶13800000000';
