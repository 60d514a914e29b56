import type { Command } from 'commander';
import type { Session } from '../session/session.js';

export type VerifyOptions = { file?: string; json?: boolean };

export function addVerifyCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('verify')
    .summary('look at every stored event and say what is damaged')
    .description(
      'Reads every page and every event under YIZHAN_HOME, also while the station runs, and changes nothing: the file is sound, ' +
        'positions and every stream are without gaps, and in the streams of this program ids are unique, what claims to be JSON is, ' +
        'and every event can be read. In others any client may write what the protocol allows.',
    )
    .option('--file <file>', 'verify a backup instead of the home')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yizhan verify
  yizhan verify --file /backup/yizhan-2026-11-22.db
  yizhan verify --json | jq .damage

Exit codes: 0 sound, 1 damaged, 2 it was asked for in a way that cannot work.`,
    )
    .action(async (options: VerifyOptions) => {
      const { verify } = await import('./verify.report.js');
      const { text, sound } = await verify(session('verify'), options);
      process.stdout.write(text);
      if (!sound) process.exitCode = 1;
    });
}
