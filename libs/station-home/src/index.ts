export { eventsFolder, readModelsFolder, signingKeyFile } from './home-folders.js';
export { type KafkaSettings, kafkaOf } from './kafka.settings.js';
export { type RunningStation, announceStation, findRunningStation } from './running-station.js';
export {
  type ServiceSettings,
  databaseOf,
  eventStoreOf,
  needed,
  neededDatabase,
  neededEventStore,
  serviceOf,
} from './service.settings.js';
export {
  type Environment,
  InvalidSetting,
  type LogLevel,
  type Oidc,
  eventStorePortOf,
  homeOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from './settings.js';
