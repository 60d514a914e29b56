import type { Command } from 'commander';
import type { Session } from '../session/session.js';

export function addRestoreCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('restore')
    .summary('put the events of a backup into an empty home')
    .description(
      'Verifies the file, copies its events to YIZHAN_HOME, checks the copy, and only then gives it its place. A home that has ' +
        'events is refused, and so is a file that lost events or their order; what is the matter with single events is said. Read models are built anew at the next start.',
    )
    .argument('<file>', 'made by yizhan backup')
    .addHelpText(
      'after',
      `
Examples:
  YIZHAN_HOME=./restored yizhan restore /backup/yizhan-2026-11-22.db
  YIZHAN_HOME=./restored npm start`,
    )
    .action(async (file: string) => {
      const { restore } = await import('./restore.home.js');
      process.stdout.write(await restore(session('restore'), file));
    });
}
