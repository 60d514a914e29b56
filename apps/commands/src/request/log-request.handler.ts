import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { localDay } from '#calendar';
import { Rejection, StreamTaken } from '#event-sourcing';
import { Problem } from '#problems';
import { type RequestCommand, requestId, requestSchema } from '#requests';
import type { Asked } from '../asked.js';
import { KeyRegister } from '../key.register.js';
import { TermsDirectory } from '../policy/terms.directory.js';
import { StationDirectory } from '../station/station.directory.js';
import { ExecuteRequestCommand, type RequestOutcome } from './request.handler.js';

type Logging = Omit<Extract<RequestCommand, { type: 'LogRequest' }>['data'], 'requestId' | 'station'>;

/** Gathers the station's facts and the request's number, then dispatches with them inside the command. */
export class LogRequestAtStation extends Command<{ id: string; outcome: RequestOutcome }> {
  constructor(
    readonly station: string,
    readonly logging: Logging,
    readonly asked: Asked,
    /** ISO 8601, UTC: when it was said. */
    readonly occurredAt: string | undefined,
  ) {
    super();
  }
}

const derivations = 8;

@CommandHandler(LogRequestAtStation)
export class LogRequestHandler implements ICommandHandler<LogRequestAtStation> {
  constructor(
    private readonly bus: CommandBus,
    private readonly keys: KeyRegister,
    private readonly directory: StationDirectory,
    private readonly terms: TermsDirectory,
  ) {}

  async execute({ station: code, logging, asked, occurredAt }: LogRequestAtStation) {
    const found = await this.directory.find(code);
    // What was answered before the station closed is answered again.
    if (found.status === 'closed' && !(await this.keys.isTaken(asked))) {
      throw new Rejection('station-closed', { station: code });
    }
    const { name, community, street, district, timeZone } = found;
    const station = { code, name, community, street, district, timeZone };
    const day = await this.keys.take(asked, localDay(occurredAt ?? asked.now, timeZone));
    const terms = await this.terms.of(district, timeZone, asked.now, occurredAt);
    for (let derivation = 0; derivation < derivations; derivation += 1) {
      const id = requestId(code, day, asked.key, derivation);
      const data = { ...logging, requestId: id, station };
      const command: RequestCommand = { type: 'LogRequest', data, terms };
      const metadata = { ...asked.metadata, schema: requestSchema, ...(occurredAt ? { occurredAt } : {}) };
      try {
        const execution = { command, key: asked.key, metadata, creates: true };
        return { id, outcome: await this.bus.execute(new ExecuteRequestCommand(id, execution)) };
      } catch (error) {
        if (!(error instanceof StreamTaken)) throw error; // another request has this number: take the next
      }
    }
    throw new Problem('conflict');
  }
}
