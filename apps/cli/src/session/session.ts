import { type Environment, type RunningStation, findRunningStation, homeOf } from '#station-home';
import { refuseHeld, takeLease } from './home.lease.js';
import { startOwnStation } from './own-station.js';

export type Session = {
  /** What was typed after `yizhan`, for whoever is kept waiting. */
  command: string;
  environment: Environment;
  signal: AbortSignal;
};

/** Where queries run as a process of their own (`--url`), the work is done with them; else as {@link withStation} says. */
export async function withQueries<Result>(
  session: Session,
  url: string | undefined,
  work: (station: Pick<RunningStation, 'url'>, home: string) => Promise<Result>,
): Promise<Result> {
  if (url === undefined) return withStation(session, work);
  return work({ url: url.replace(/\/+$/, '') }, homeOf(session.environment));
}

/** Does the work with the station that runs on `YIZHAN_HOME`, else with one started for as long as it takes. */
export async function withStation<Result>(
  { command, environment, signal }: Session,
  work: (station: RunningStation, home: string) => Promise<Result>,
): Promise<Result> {
  const home = homeOf(environment);
  await refuseHeld(home);
  const running = await findRunningStation(home);
  if (running) return work(running, home);
  const release = await takeLease(home, command);
  try {
    const own = await startOwnStation(home, environment, signal);
    try {
      return await work(own.station, home);
    } finally {
      await own.stop();
    }
  } finally {
    await release();
  }
}
