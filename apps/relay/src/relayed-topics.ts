import { type Contract, carriedStreams, publicTopic, publishedStreams } from '#public-events';
import { calendarUpcasts } from '#calendar';
import { upcasted } from '#event-store';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { logTopic, toLogRecord, toPublicRecord } from '#topics';
import type { RelayOptions } from './relay.js';

const upcasts = { ...requestUpcasts, ...stationUpcasts, ...policyUpcasts, ...calendarUpcasts };

type Relayed = Pick<RelayOptions, 'topic' | 'streams' | 'toRecord'>;

/** What is carried where: the log as it is stored for our own projections, and for everybody else what they may know of it. */
export const relayedTopics = (contract: Contract, schemas: string): Relayed[] => [
  { topic: logTopic, streams: carriedStreams, toRecord: toLogRecord },
  {
    topic: publicTopic,
    streams: publishedStreams,
    toRecord: (event, previous) => toPublicRecord(upcasted(event, upcasts), previous, { contract, schemas }),
  },
];
