import { type Command } from 'commander';
import type { Session } from '../session/session.js';

export function addCallbacksCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('callbacks')
    .summary('whom a station has to call back')
    .description(
      'Prints which resolved requests wait for their resident’s word, what has waited longest first, with the attempts so far.',
    )
    .argument('<station>', 'its code, e.g. YFXJ')
    .option('--json', 'the items of the API, one a line')
    .addHelpText('after', '\nExamples:\n  yizhan callbacks YFXJ\n  yizhan callbacks YFXJ --json')
    .action(async (station: string, options: { json?: boolean }) => {
      const { callbacksOf } = await import('./callbacks.js');
      const code = station.trim().toUpperCase();
      const due = await callbacksOf(session(`callbacks ${code}`), code);
      if (options.json) for (const item of due.items) process.stdout.write(`${JSON.stringify(item)}\n`);
      else process.stdout.write((await import('./callbacks.table.js')).tableOf(due));
    });
}
