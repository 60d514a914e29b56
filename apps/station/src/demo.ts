import { run } from '#http-service';
import { type Environment, InvalidSetting } from '#station-home';
import { type StationConfig, stationConfig } from './config.js';
import { demonstrate } from './demo/demonstration.js';
import { type Station, startStation } from './station.js';

await run('yizhan-demo', demoConfig, async (config, logger) => {
  const station = await startStation(config, logger);
  const leaving = new AbortController();
  const demonstration = demonstrate(config.home, station.url, leaving.signal);
  return {
    url: station.url,
    failed: Promise.race([station.failed, broken(demonstration, leaving.signal)]),
    close: () => leave(station, demonstration, leaving),
  };
});

function demoConfig(environment: Environment): StationConfig {
  const config = stationConfig({ LOG_LEVEL: 'warn', ...environment });
  if (config.oidc) {
    throw new InvalidSetting('OIDC_ISSUER is set: the demonstration acts with tokens it issues itself');
  }
  return config;
}

/** Resolves when the day could not be played, after saying why; never otherwise. */
function broken(demonstration: Promise<void>, leaving: AbortSignal): Promise<Error> {
  return new Promise((resolve) => {
    demonstration.catch((error: Error) => {
      if (leaving.aborted) return;
      process.stderr.write(`yizhan-demo: ${error.message}\n`);
      resolve(error);
    });
  });
}

async function leave(station: Station, demonstration: Promise<void>, leaving: AbortController) {
  leaving.abort();
  await demonstration.catch(() => {}); // it was told to stop, or has said why it did
  await station.close();
}
