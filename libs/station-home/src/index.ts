export { eventsFolder, readModelsFolder, signingKeyFile } from './home-folders.js';
export { type RunningStation, announceStation, findRunningStation } from './running-station.js';
export {
  type Environment,
  InvalidSetting,
  type LogLevel,
  type Oidc,
  brokersOf,
  eventStorePortOf,
  homeOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from './settings.js';
