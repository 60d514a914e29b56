import { Injectable } from '@nestjs/common';
import { fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type RequestCommand,
  type RequestEvent,
  parseRequestId,
  requestDecider,
  requestStream,
} from '#requests';

type Assignment = Extract<RequestCommand, { type: 'Assign' }>['data'];

/** Of two who pass the lead on at once one wins: a lost race is decided again, but not for another lead. */
@Injectable()
export class PassLead {
  constructor(private readonly store: EventStore) {}

  /** The assignment with the lead that it passes from, as it stands when it is asked for. */
  async passing(id: string, assignment: Assignment): Promise<Assignment> {
    if (!assignment.makeLead || assignment.leadFrom !== undefined || !parseRequestId(id)) return assignment;
    const { lead } = fold(requestDecider, await this.store.read<RequestEvent>(requestStream(id)));
    return { ...assignment, leadFrom: lead?.id };
  }
}
