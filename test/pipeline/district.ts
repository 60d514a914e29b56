import type { StationProcess } from '../processes/station.process.js';
import { Desk } from './desk.js';
import { Evidence } from './evidence.js';
import type { Acknowledged } from './load.js';
import { type Servers, startServers } from './pipeline.process.js';
import { type PlantedFault, planted, variantHook } from './variants/planted-fault.js';

export const station = 'YFXJ';
export const path = (id: string): string => `/v1/requests/${id}`;

export type DistrictOptions = {
  brokers?: 1 | 3;
  seed?: number;
  /** How long what is due may take, in milliseconds. */
  patience?: number;
};

/** A district with one open station: servers of its own, the commands app, and those who sit at the desks. No relay or projector yet. */
export class District {
  readonly evidence: Evidence;

  private constructor(
    readonly servers: Servers,
    readonly desk: Desk,
    /** What chance begins with. */
    readonly seed: number,
    patience: number,
  ) {
    this.evidence = new Evidence(servers, patience);
  }

  static async start({
    brokers = 1,
    seed = Math.floor(Math.random() * 1e6),
    patience = 180_000,
  }: DistrictOptions = {}): Promise<District | { unavailable: string }> {
    const servers = await startServers({ brokers });
    if ('unavailable' in servers) return servers;
    const desk = new Desk(servers.home, (await servers.start('commands')).url);
    await desk.open(station);
    return new District(servers, desk, seed, patience);
  }

  /** The same events, read models in another database. */
  beside(postgres: Servers['postgres']): District {
    const start: Servers['start'] = (app, env = {}, ...hooks) =>
      this.servers.start(app, { DATABASE_URL: postgres.url, ...env }, ...hooks);
    const { desk, seed, evidence } = this;
    return new District({ ...this.servers, postgres, start }, desk, seed, evidence.patience);
  }

  /** Starts a projecting process: as shipped, or with a fault planted into it. `hooks` as of the servers. */
  projector(fault?: PlantedFault, ...hooks: string[]): Promise<StationProcess> {
    return this.start('queries', fault, hooks);
  }

  relay(fault?: PlantedFault): Promise<StationProcess> {
    return this.start('relay', fault, []);
  }

  /** Logs a request. */
  async writes(): Promise<Acknowledged> {
    const { body, token } = await this.desk.log(station, '楼前结冰');
    return { id: body.id as string, token };
  }

  private start(app: 'queries' | 'relay', fault: PlantedFault | undefined, hooks: string[]) {
    return fault
      ? this.servers.start(app, planted(fault), variantHook, ...hooks)
      : this.servers.start(app, {}, ...hooks);
  }

  async stop(): Promise<void> {
    await this.evidence.close();
    await this.servers.stop();
  }
}
