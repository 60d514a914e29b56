import { type Command } from 'commander';
import type { Session } from '../session/session.js';

export function addTodayCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('today')
    .summary('what a station has before it today')
    .description('Prints what is overdue, due today, waiting for acceptance and to be called back.')
    .argument('<station>', 'its code, e.g. YFXJ')
    .option('--json', 'the answer of the API')
    .addHelpText('after', '\nExamples:\n  yizhan today YFXJ\n  yizhan today YFXJ --json')
    .action(async (station: string, options: { json?: boolean }) => {
      const { todayAt } = await import('./today.js');
      const code = station.trim().toUpperCase();
      const today = await todayAt(session(`today ${code}`), code);
      if (options.json) process.stdout.write(`${JSON.stringify(today)}\n`);
      else process.stdout.write((await import('./today.table.js')).tableOf(today));
    });
}
