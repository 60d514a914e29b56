import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Action, type Principal, authorise } from '#access';
import type { Approvals } from '#policies';
import { Problem } from '#problems';
import { type RequestCommand, type Terms, parseRequestId, requestSchema } from '#requests';
import type { Answer } from '../answer.js';
import type { Asked } from '../asked.js';
import { type Entry, instant } from '../occurrence.js';
import { TermsDirectory } from '../policy/terms.directory.js';
import { StationDirectory } from '../station/station.directory.js';
import { type RequestAnswer, requestAnswer } from './request.answer.js';
import { ExecuteRequestCommand } from './request.handler.js';

// What begins a deadline, meets it, stops its clock or makes it come out otherwise; and what a policy names approvers for.
const termed: ReadonlySet<RequestCommand['type']> = new Set([
  'Assign',
  'Accept',
  'Return',
  'Claim',
  'ContactResident',
  'Resolve',
  'Reopen',
  'RecordCallback',
  'Pause',
  'Exclude',
  'Resume',
  'Recategorise',
  'Unmerge',
]);

export type Answering = Promise<Answer<RequestAnswer>>;

/** The way of every command to a request: its number, the caller's reach, the handler, the answer. */
@Injectable()
export class RequestDispatch {
  constructor(
    private readonly bus: CommandBus,
    private readonly stations: StationDirectory,
    private readonly terms: TermsDirectory,
  ) {}

  async run(id: string, action: Action, entry: Entry, asked: Asked, said: RequestCommand): Answering {
    const number = parseRequestId(id);
    if (!number) throw new Problem('unknown-request', { id });
    await this.authorise(asked.caller, action, number.station);
    const { key, keyGiven, ifRevision } = asked;
    const occurredAt = instant(entry);
    const metadata = { ...asked.metadata, schema: requestSchema, ...(occurredAt ? { occurredAt } : {}) };
    const terms = await this.termsFor(said, number.station, asked.now, occurredAt);
    const command = { ...said, ...(terms && { terms }) };
    // What was approved under a former policy is answered again.
    const permit = () => refuseUnapproved(asked.caller, command);
    const keyed = { command, key, keyGiven, metadata, permit };
    const execution = { ...keyed, ...(ifRevision === undefined ? {} : { ifRevision }) };
    return requestAnswer(id, await this.bus.execute(new ExecuteRequestCommand(id, execution)));
  }

  private async termsFor(
    command: RequestCommand,
    code: string,
    now: string,
    at: string | undefined,
  ): Promise<Terms | undefined> {
    if (!termed.has(command.type)) return undefined;
    const { district, timeZone } = await this.stations.find(code);
    return this.terms.of(district, timeZone, now, at);
  }

  // Whether a handler's unit is on the request is the decider's to say: every command it may give names the unit.
  async authorise(caller: Principal, action: Action, station: string): Promise<void> {
    const units = caller.scope.unit ? [caller.scope.unit] : [];
    const { code, community, street, district } = await this.stations.find(station);
    authorise(caller, action, { station: code, community, street, district, units });
  }
}

const approved: Partial<Record<RequestCommand['type'], keyof Approvals>> = {
  Pause: 'pause',
  Exclude: 'exclude',
  Return: 'return',
};

/** Permissions say who may approve at all, the policy who does. Throws the problem `forbidden-role`. */
function refuseUnapproved({ role }: Principal, { type, terms }: RequestCommand): void {
  const action = approved[type];
  if (!terms || !action) return;
  const approvers: readonly string[] = terms.policy.policy.approvals[action];
  if (!approvers.includes(role)) throw new Problem('forbidden-role');
}
