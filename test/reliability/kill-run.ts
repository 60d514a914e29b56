import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readAllFrom, withClient } from './all-events.js';
import { chance, checkpointBegins, pickPoint, type KillPoint } from './kill-point.js';
import { NodeProcess, type Fault } from './node-process.js';
import { scripts } from './script.js';
import { Survivors, type Violation } from './survivors.js';
import { WriterProcess } from './writer-process.js';

export type KillOptions = {
  points: number;
  /** A folder for the stores of this run. */
  home: string;
  seed: number;
  fault?: Fault;
  say?: (line: string) => void;
};
export type KillFigures = {
  kills: Record<KillPoint, number>;
  acknowledged: { appends: number; events: number };
  /** Appends of which the writer never heard, but which were there after the restart, and came again: written once. */
  violations: Violation[];
  /** What the client said about lost nodes, with counts. */
  errors: Map<string, number>;
  /** Milliseconds from being told to open a store to being open, the longest. */
  slowestStart: number;
  seconds: number;
};

const STREAMS = 32;
const KILLS_PER_STORE = 20; // then a new store: the first start is worth killing, too, and checks stay quick
const LONGEST_LOAD_MS = 250;
const PATIENCE_MS = 600; // for a checkpoint to begin
const LONGEST_CHECKPOINT_MS = 25;

/** Kills a node under load until `points` are reached or something is wrong. */
export async function killRun(options: KillOptions): Promise<KillFigures> {
  const { points, home, seed, say } = options;
  const began = performance.now();
  const random = chance(seed);
  const figures: KillFigures = {
    kills: { 'under load': 0, 'while starting': 0, 'during a checkpoint': 0 },
    acknowledged: { appends: 0, events: 0 },
    violations: [],
    errors: new Map(),
    slowestStart: 0,
    seconds: 0,
  };
  for (let killed = 0; killed < points && figures.violations.length === 0;) {
    const round = new Round(`${seed}-${killed}`, join(home, String(killed)), random, options, figures);
    killed += await round.play(Math.min(KILLS_PER_STORE, points - killed));
    say?.(`${killed} of ${points} kills, ${figures.acknowledged.appends} acknowledged appends`);
  }
  figures.seconds = (performance.now() - began) / 1000;
  return figures;
}

/** The life of one store: started, checked, written to and killed, again and again. */
class Round {
  readonly #survivors;
  readonly #writer: WriterProcess;
  readonly #store: string;
  #next: NodeProcess;
  #start = 300; // milliseconds the last start took

  constructor(
    run: string,
    home: string,
    private readonly random: () => number,
    private readonly options: KillOptions,
    private readonly figures: KillFigures,
  ) {
    mkdirSync(home, { recursive: true });
    this.#store = join(home, 'store');
    this.#survivors = new Survivors(scripts(run, STREAMS));
    this.#writer = new WriterProcess(run, STREAMS, join(home, 'acknowledged'));
    this.#next = this.#launch();
  }

  async play(kills: number): Promise<number> {
    let killed = 0;
    while (killed < kills && (await this.#life(pickPoint(this.random)))) killed++;
    if (killed === kills) await this.#end();
    await this.#next.kill();
    await this.#writer[Symbol.asyncDispose]();
    this.#count();
    if (killed === kills) rmSync(this.#store, { recursive: true });
    return killed;
  }

  // One start to one kill; false when the check found something.
  async #life(point: KillPoint): Promise<boolean> {
    const node = await this.#ready();
    if (point === 'while starting') {
      node.begin(this.#store);
      await pause(this.random() * this.#start * 1.2);
      await node.kill();
    } else {
      const url = await this.#open(node);
      const sound = await this.#check(url);
      if (sound) {
        this.#writer.write(url);
        point = await this.#moment(point);
      }
      await node.kill();
      if (!sound) return false;
      await this.#writer.over();
    }
    this.figures.kills[point]++;
    return true;
  }

  async #end(): Promise<void> {
    const node = await this.#ready();
    await this.#check(await this.#open(node), 0n);
    await node.close();
  }

  async #moment(point: KillPoint): Promise<KillPoint> {
    if (point === 'during a checkpoint') {
      if (await checkpointBegins(join(this.#store, 'events.db'), PATIENCE_MS)) {
        await pause(this.random() * LONGEST_CHECKPOINT_MS);
        return point;
      }
    } else await pause(this.random() * LONGEST_LOAD_MS);
    return 'under load';
  }

  async #check(url: string, from = this.#survivors.from): Promise<boolean> {
    const read = await withClient(url, (client) => readAllFrom(client, from));
    this.figures.violations.push(...this.#survivors.check(this.#writer.news(), read));
    return this.figures.violations.length === 0;
  }

  async #open(node: NodeProcess): Promise<string> {
    const began = performance.now();
    const url = await node.open(this.#store);
    this.#start = performance.now() - began;
    this.figures.slowestStart = Math.max(this.figures.slowestStart, this.#start);
    return url;
  }

  // The process after this one loads while this one works: a restart is then a matter of the store alone.
  async #ready(): Promise<NodeProcess> {
    const node = this.#next;
    await node.ready();
    this.#next = this.#launch();
    return node;
  }

  #launch(): NodeProcess {
    return new NodeProcess({ fault: this.options.fault });
  }

  #count(): void {
    const { appends, events } = this.#survivors.acknowledged;
    this.figures.acknowledged.appends += appends;
    this.figures.acknowledged.events += events;
    for (const [error, count] of this.#writer.errors) {
      this.figures.errors.set(error, (this.figures.errors.get(error) ?? 0) + count);
    }
  }
}
