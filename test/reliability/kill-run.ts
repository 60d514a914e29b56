import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readAllFrom, withClient } from './all-events.js';
import type { Figures } from './figures.js';
import { chance, checkpointBegins, pickPoint, type KillPoint } from './kill-point.js';
import { NodeProcess } from './node-process.js';
import { scripts } from './script.js';
import { Survivors } from './survivors.js';
import type { Fault } from './variants/variant.js';
import { WriterProcess } from './writer-process.js';

export type KillOptions = {
  points: number;
  /** A folder for the stores of this run. */
  home: string;
  seed: number;
  fault?: Fault;
  say?: (line: string) => void;
};
export type KillFigures = Figures & {
  kills: Record<KillPoint, number>;
  /** Appends found after a restart of which the writer had not heard: sent again, they must not be written again. */
  unheard: number;
  slowestStart: number;
};

const STREAMS = 16;
const KILLS_PER_STORE = 20; // then a new store: the first start is worth killing, too, and checks stay quick
const LONGEST_LOAD_BYTES = 800; // of the writer's news, some 30 for an append: what a busy machine does in a time says little
const LONGEST_LOAD_MS = 2000;
const NEXT_MS = 5;
const PATIENCE_MS = 1000; // for a checkpoint to begin, where they come often
const LONGEST_CHECKPOINT_MS = 12;
const LONGEST_CLOSE_MS = 25;

/** Kills a node under load until `points` are reached or something is wrong. */
export async function killRun(options: KillOptions): Promise<KillFigures> {
  const { points, home, seed, say } = options;
  const began = performance.now();
  const random = chance(seed);
  const figures: KillFigures = {
    points: 0,
    kills: { 'under load': 0, 'while starting': 0, 'during a checkpoint': 0, 'while closing': 0 },
    acknowledged: { appends: 0, events: 0 },
    unheard: 0,
    violations: [],
    slowestStart: 0,
    seconds: 0,
  };
  while (figures.points < points && figures.violations.length === 0) {
    const round = new Round(`${seed}-${figures.points}`, home, random, options.fault, figures);
    await round.play(Math.min(KILLS_PER_STORE, points - figures.points));
    say?.(`${figures.points} of ${points} kills, ${figures.acknowledged.appends} acknowledged appends`);
  }
  figures.seconds = (performance.now() - began) / 1000;
  return figures;
}

/** The life of one store: started, checked, written to and killed, again and again. */
class Round {
  readonly #survivors;
  readonly #writer: WriterProcess;
  readonly #home: string;
  readonly #store: string;
  readonly #variant;
  #next: NodeProcess;
  #lastStart = 30; // milliseconds

  constructor(
    run: string,
    home: string,
    private readonly random: () => number,
    fault: Fault | undefined,
    private readonly figures: KillFigures,
  ) {
    this.#home = join(home, run);
    this.#store = join(this.#home, 'store');
    mkdirSync(this.#home, { recursive: true });
    this.#survivors = new Survivors(scripts(run, STREAMS));
    this.#writer = new WriterProcess(run, STREAMS, join(this.#home, 'news'));
    this.#variant = fault ?? (random() < 0.5 ? ('checkpoints-often' as const) : undefined);
    this.#next = this.#launch();
  }

  /** Leaves the store in place when something is wrong with it. */
  async play(kills: number): Promise<void> {
    let sound = true;
    try {
      for (let kill = 0; kill < kills && sound; kill++) sound = await this.#life(pickPoint(this.random));
      sound &&= await this.#end();
    } finally {
      await this.#next.kill();
      this.#writer.end();
      this.#count();
    }
    if (sound) rmSync(this.#home, { recursive: true });
  }

  // One start to one kill; false when the check found something.
  async #life(point: KillPoint): Promise<boolean> {
    const node = await this.#ready();
    if (point === 'while starting') {
      node.begin(this.#store);
      await pause(this.random() * this.#lastStart * 1.2);
      await node.kill();
    } else {
      const url = await this.#open(node);
      const sound = await this.#check(url);
      if (sound) {
        await this.#writer.write(url);
        point = await this.#moment(point, node);
      }
      await node.kill();
      if (!sound) return false;
      await this.#writer.over();
    }
    this.figures.kills[point]++;
    this.figures.points++;
    return true;
  }

  async #end(): Promise<boolean> {
    const node = await this.#ready();
    const sound = await this.#check(await this.#open(node), 0n);
    await node.close();
    return sound;
  }

  async #moment(point: KillPoint, node: NodeProcess): Promise<KillPoint> {
    if (point === 'during a checkpoint') {
      const patience = this.#variant === 'checkpoints-often' ? PATIENCE_MS : 0;
      if (await checkpointBegins(join(this.#store, 'events.db'), patience)) {
        await pause(this.random() * LONGEST_CHECKPOINT_MS);
        return point;
      }
      point = 'under load';
    }
    await this.#writer.hears(this.random() * LONGEST_LOAD_BYTES, LONGEST_LOAD_MS);
    await pause(this.random() * NEXT_MS);
    if (point === 'while closing') {
      void node.close();
      await pause(this.random() * LONGEST_CLOSE_MS);
    }
    return point;
  }

  async #check(url: string, from = this.#survivors.from): Promise<boolean> {
    const read = await withClient(url, (client) => readAllFrom(client, from));
    const { acknowledged, refused } = this.#writer.news();
    const { violations } = this.figures;
    violations.push(...refused.map((what) => ({ kind: 'refused', what }) as const));
    violations.push(...this.#survivors.check(acknowledged, read));
    return violations.length === 0;
  }

  async #open(node: NodeProcess): Promise<string> {
    const began = performance.now();
    const url = await node.open(this.#store);
    this.#lastStart = performance.now() - began;
    this.figures.slowestStart = Math.max(this.figures.slowestStart, this.#lastStart);
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
    return new NodeProcess({ variant: this.#variant });
  }

  #count(): void {
    const { appends, events } = this.#survivors.acknowledged;
    this.figures.acknowledged.appends += appends;
    this.figures.acknowledged.events += events;
    this.figures.unheard += this.#survivors.unheard;
  }
}
