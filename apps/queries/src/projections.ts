import { dueProjection } from '#agenda';
import type { AnyProjection } from '#read-store';
import { logbookProjection } from './logbook/logbook.projection.js';
import { ratesProjection } from './rates/rates.projection.js';
import { requestProjection } from './request/request.projection.js';
import { stationProjection } from './station/station.projection.js';
import { statisticsProjection } from './statistics/statistics.projection.js';

/** Every read model there is. A changed row or meaning is a new version, never an edit of the old one. */
export const readModels: AnyProjection[] = [
  requestProjection,
  stationProjection,
  logbookProjection,
  statisticsProjection,
  dueProjection,
  ratesProjection,
];
