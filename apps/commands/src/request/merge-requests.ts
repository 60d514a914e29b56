import { Injectable } from '@nestjs/common';
import { Rejection, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { Problem } from '#problems';
import {
  type RequestEvent,
  callbacksFor,
  parseRequestId,
  requestDecider,
  requestStream,
  standing,
} from '#requests';
import type { Asked } from '../asked.js';
import type { MergingDto, UnmergingDto } from './request-merging.dto.js';
import { type Answering, RequestDispatch } from './request.dispatch.js';
import { WhenMergedThenTheOtherFollows } from './when-merged-then-the-other-follows.policy.js';

/**
 * Gathers how the other request stands, lets the merged one decide, and has the other one follow at once. Where the process
 * dies in between, the same command said again finishes it, and so does the policy without anybody's asking.
 */
@Injectable()
export class MergeRequests {
  constructor(
    private readonly store: EventStore,
    private readonly requests: RequestDispatch,
    private readonly policy: WhenMergedThenTheOtherFollows,
  ) {}

  async merge(id: string, body: MergingDto, asked: Asked): Answering {
    const { into, reason } = body;
    const number = parseRequestId(into);
    if (!number) throw new Problem('unknown-request', { id: into });
    await this.requests.authorise(asked.caller, 'merge', number.station);
    const { status, district, partOf, mergedInto } = fold(requestDecider, await this.history(into));
    const target = { status, district, partOf, mergedInto };
    const answer = await this.requests.run(id, 'merge', body, asked, {
      type: 'MergeInto',
      data: { into, target, reason },
    });
    await this.otherFollows(id, into);
    return answer;
  }

  async unmerge(id: string, body: UnmergingDto, asked: Asked): Answering {
    const { mergedInto } = fold(requestDecider, await this.history(id));
    const callbacks = mergedInto === null ? [] : callbacksFor(id, await this.history(mergedInto));
    const answer = await this.requests.run(id, 'unmerge', body, asked, {
      type: 'Unmerge',
      data: { reason: body.reason, callbacks },
    });
    await this.otherFollows(id);
    return answer;
  }

  // Where the other one ended in the very moment of merging it turned this one away, which stands in its history.
  private async otherFollows(id: string, into?: string): Promise<void> {
    const history = await this.history(id);
    const last = history.findLast(({ type }) => type === 'Merged' || type === 'Unmerged');
    if (!last) return;
    if (last.type === 'Unmerged' && last.data.trigger === 'turned-away' && last.data.from === into) {
      throw turnedAway(into, last.data.reason, history);
    }
    const rejection = await this.policy.follow(last);
    if (rejection && into !== undefined) throw turnedAway(into, rejection.reason, await this.history(id));
  }

  private async history(id: string) {
    return parseRequestId(id) ? this.store.read<RequestEvent>(requestStream(id)) : [];
  }
}

const turnedAway = (into: string, reason: string, history: RequestEvent[]) =>
  new Rejection('merge-target-ended', {
    ...standing(fold(requestDecider, history).status),
    into,
    targetState: reason.replace('request-', ''),
    mergedInto: null,
  });
