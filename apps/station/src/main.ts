import { run } from '#http-service';
import { stationConfig } from './config.js';
import { startStation } from './station.js';

await run('yizhan-station', stationConfig, startStation);
