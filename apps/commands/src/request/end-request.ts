import { Injectable } from '@nestjs/common';
import type { Action } from '#access';
import { Rejection, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { type RequestCommand, type RequestEvent, isOpen, requestDecider, requestStream } from '#requests';
import type { Asked } from '../asked.js';
import type { Entry } from '../occurrence.js';
import { type Answering, RequestDispatch } from './request.dispatch.js';

type Ending = Extract<RequestCommand, { type: 'Resolve' | 'Close' | 'Withdraw' | 'Exclude' }>;

/** Ends a request. Only where the decider asks for its parts are they looked at: few requests have any. */
@Injectable()
export class EndRequest {
  constructor(
    private readonly store: EventStore,
    private readonly requests: RequestDispatch,
  ) {}

  async run(
    id: string,
    action: Action,
    body: Entry & { evenThough?: string },
    asked: Asked,
    ending: Ending,
  ): Answering {
    try {
      return await this.requests.run(id, action, body, asked, ending);
    } catch (error) {
      if (!(error instanceof Rejection) || error.reason !== 'parts-open') throw error;
      const openParts = await this.open(error.details['parts'] as string[]);
      const { evenThough } = body;
      const informed = { ...ending, data: { ...ending.data, openParts, evenThough } } as Ending;
      return this.requests.run(id, action, body, asked, informed);
    }
  }

  private async open(parts: string[]): Promise<string[]> {
    const open: string[] = [];
    for (const part of parts) {
      const { status } = fold(requestDecider, await this.store.read<RequestEvent>(requestStream(part)));
      // A part whose stream has not begun yet is work as well.
      if (isOpen(status) || status === 'unlogged') open.push(part);
    }
    return open;
  }
}
