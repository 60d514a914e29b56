import type { Command } from 'commander';
import type { Session } from '../session/session.js';

export function addLagCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('lag')
    .summary('how far relay and read models are behind')
    .description(
      'In events and in the seconds since the oldest of them was recorded, also of what stands still.',
    )
    .option('--url <queries>', 'where queries run as a process of their own, e.g. http://127.0.0.1:3000')
    .option('--json', 'the figures as JSON')
    .action(async (options: { url?: string; json?: boolean }) => {
      const { lagOf, lagTable } = await import('./lag.js');
      const lag = await lagOf(session('lag'), options.url);
      process.stdout.write(options.json ? `${JSON.stringify(lag)}\n` : lagTable(lag));
    });
}
