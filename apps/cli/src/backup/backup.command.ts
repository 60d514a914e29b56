import type { Command } from 'commander';
import type { Session } from '../session/session.js';

export type BackupOptions = { force?: boolean; json?: boolean };

export function addBackupCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('backup')
    .summary('copy the events into one file, also while the station runs')
    .description(
      'Copies the events under YIZHAN_HOME as they stand at this moment into one file, checks it by opening and counting, and ' +
        'only then gives it its name. The station may run and go on writing.\n\n' +
        'Not in it are the read models, which are built anew from the events, and the signing key: whoever has that key can ' +
        'sign tokens for any role, so keep its copy apart from the events.',
    )
    .argument('<file>', 'where to; it holds personal data and is readable by its owner only')
    .option('--force', 'replace the file if it exists')
    .option('--json', 'the figures as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yizhan backup /backup/yizhan-$(date +%F).db
  yizhan backup --force /mnt/usb/yizhan.db
  yizhan verify --file /mnt/usb/yizhan.db`,
    )
    .action(async (file: string, options: BackupOptions) => {
      const { backup } = await import('./backup.file.js');
      process.stdout.write(await backup(session('backup'), file, options));
    });
}
