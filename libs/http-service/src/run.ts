import type { Logger } from 'pino';
import { createLogger } from '#observability';
import { type Environment, InvalidSetting, type LogLevel } from '#station-home';

export type Running = {
  url: string;
  /** Resolves when something the process cannot do without has died. */
  failed?: Promise<Error>;
  close: () => Promise<void>;
};

/**
 * The life of an app's process: settings, start, one line that says where it listens, and on SIGINT or SIGTERM an orderly
 * end; one that comes during the start waits until everything stands that is to be ended. A second one ends it at once.
 * Exit code 0 after a signal; 1 with one line on stderr when a setting is wrong, the start fails or a part dies.
 */
export async function run<Config extends { logLevel: LogLevel }>(
  name: string,
  read: (environment: Environment) => Config,
  start: (config: Config, logger: Logger) => Promise<Running>,
): Promise<void> {
  const ended = Promise.race([signalled('SIGINT'), signalled('SIGTERM')]);
  try {
    const config = read(process.env);
    const logger = createLogger(config.logLevel);
    const running = await start(config, logger);
    process.stdout.write(`${name} listens on ${running.url} (documentation: ${running.url}/docs)\n`);
    const never = new Promise<Error>(() => {});
    const end = await Promise.race([ended, running.failed ?? never]);
    if (end instanceof Error) logger.fatal(end, `${name} lost a part it cannot do without`);
    await running.close();
    process.exit(end instanceof Error ? 1 : 0);
  } catch (error) {
    process.stderr.write(`${name}: ${sentence(error)}\n`);
    process.exit(1);
  }
}

function signalled(signal: NodeJS.Signals): Promise<NodeJS.Signals> {
  return new Promise((resolve) => process.once(signal, resolve));
}

// Mistakes of whoever starts it are one line; what nobody foresaw keeps its stack.
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const foreseen = error instanceof InvalidSetting || 'reason' in error || 'code' in error;
  return foreseen ? error.message : (error.stack ?? error.message);
}
