import { type Command, Option } from 'commander';
import type { Session } from '../session/session.js';
import type { HistoryOptions } from './read-history.js';

export function addHistoryCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('history')
    .summary('tell everything that happened to a request')
    .description(
      'Prints where a request stands and every event of its life: when, who, what, and what was entered later. Times are ' +
        'those of the station’s clock.',
    )
    .argument('<id>', 'the number of the request')
    .addOption(
      new Option('--at <time>', 'the request as it stood then, e.g. 2026-11-22T10:30:00+08:00').conflicts(
        'revision',
      ),
    )
    .option('--revision <n>', 'the request as it stood after this event; the first one is 0')
    .option('--json', 'the answer of the API as it is')
    .addHelpText(
      'after',
      `
Examples:
  yizhan history YFXJ-261122-7K3QX
  yizhan history YFXJ-261122-7K3QX --at 2026-11-22T10:30:00+08:00
  yizhan history YFXJ-261122-7K3QX --json | jq '.events[].type'`,
    )
    .action(async (id: string, options: HistoryOptions) => {
      const { readHistory } = await import('./read-history.js');
      process.stdout.write(`${await readHistory(session(`history ${id}`), id, options)}\n`);
    });
}
