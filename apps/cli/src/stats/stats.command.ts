import { type Command, Option } from 'commander';
import type { Session } from '../session/session.js';
import type { StatsOptions } from './stats.js';

export function addStatsCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('stats')
    .summary('the figures of a district')
    .description('As a whole, and by station, category and day. Without a window: of everything ever logged.')
    .argument('<district>', 'its name; one that is not known lists those there are')
    .option('--from <day>', 'first day, e.g. 2026-11-01, in the stations’ zone')
    .option('--to <day>', 'last day, included')
    .addOption(new Option('--by <basis>', 'which day of a request counts').choices(['creation', 'closing']))
    .option('--json', 'the answer of the API')
    .addHelpText(
      'after',
      '\nExamples:\n  yizhan stats 海淀区 --from 2026-11-01\n  yizhan stats 海淀区 --by closing --json',
    )
    .action(async (district: string, options: StatsOptions & { json?: boolean }) => {
      const { statisticsOf } = await import('./stats.js');
      const statistics = await statisticsOf(session(`stats ${district}`), district, options);
      if (options.json) process.stdout.write(`${JSON.stringify(statistics)}\n`);
      else process.stdout.write((await import('./stats.table.js')).tableOf(statistics));
    });
}
