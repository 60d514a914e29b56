import { type Spawned, spawnProcess } from '../processes/spawned.process.js';

export type Figures = {
  rows: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  events: number;
};

export type Said = { code: number | NodeJS.Signals; output: string; errors: string; lines: string[] };

/** Starts the `yizhan` command from dist/ on a home. */
export const launchYizhan = (home: string, args: string[], env: Record<string, string> = {}): Spawned =>
  spawnProcess({ entry: 'dist/apps/cli/src/main.js', args, env: { YIZHAN_HOME: home, ...env } });

/** Runs it to its end. */
export async function yizhan(home: string, args: string[], env: Record<string, string> = {}): Promise<Said> {
  const spawned = launchYizhan(home, args, env);
  const code = await spawned.exited;
  const output = spawned.output();
  return { code, output, errors: spawned.stderr(), lines: output.trimEnd().split('\n') };
}

/** Imports a file and gives its figures, the last line of `--json`; throws what it said when it failed. */
export async function imported(
  home: string,
  profile: string,
  file: string,
  ...more: string[]
): Promise<Figures> {
  const { code, output, lines } = await yizhan(home, [
    'import',
    '--profile',
    profile,
    '--json',
    ...more,
    file,
  ]);
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
  return JSON.parse(lines.at(-1) ?? '') as Figures;
}
