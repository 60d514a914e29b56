export {
  type StationCommand,
  type StationState,
  stationDecider,
  stationRejections,
} from './station.decider.js';
export {
  type StationEvent,
  type StationPlace,
  placeName,
  stationCode,
  stationStream,
} from './station.events.js';
export { stationSchema, stationUpcasts, upcastStation } from './station.upcast.js';
