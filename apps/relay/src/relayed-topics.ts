import { publicTopic } from '#public-events';
import { calendarUpcasts } from '#calendar';
import { upcasted } from '#event-store';
import type { Contract } from '#public-events';
import { policyUpcasts } from '#policies';
import { requestUpcasts } from '#requests';
import { stationUpcasts } from '#stations';
import { logTopic, toLogRecord, toPublicRecord } from '#topics';
import type { OutletOptions } from './relay.outlet.js';

const upcasts = { ...requestUpcasts, ...stationUpcasts, ...policyUpcasts, ...calendarUpcasts };

/** What is carried where: the log as it is stored for our own projections, and for everybody else what they may know of it. */
export const relayedTopics = (contract: Contract, schemas: string): OutletOptions[] => [
  { topic: logTopic, toRecord: toLogRecord },
  {
    topic: publicTopic,
    toRecord: (event, previous) => toPublicRecord(upcasted(event, upcasts), previous, { contract, schemas }),
  },
];
