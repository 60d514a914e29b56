export { type RunningStation, announceStation, findRunningStation } from './running-station.js';
export {
  type Environment,
  InvalidSetting,
  type LogLevel,
  type Oidc,
  brokersOf,
  homeOf,
  logLevelOf,
  oidcOf,
  portOf,
  publicUrlOf,
  refuseUnknown,
  urlOf,
} from './settings.js';
