import { type Command, InvalidArgumentError, Option } from 'commander';
import { writeOutput } from '../output.file.js';
import type { Session } from '../session/session.js';
import type { RatesOptions } from './rates.js';

type Outputs = { csv?: string; xlsx?: string; json?: boolean };

export function addRatesCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('rates')
    .summary('the rates of a district, unit by unit')
    .description(
      'Response, resolution and satisfaction of each unit, with what they are made of. Without a window: as many days until\ntoday as the policy in force says. With the same --as-of it is the same table for ever.',
    )
    .argument('<district>', 'its name; one that is not known lists those there are')
    .option('--from <day>', 'first day, e.g. 2026-11-01, in the stations’ zone')
    .option('--to <day>', 'last day, included')
    .addOption(
      new Option('--window <days>', 'so many days until --to, instead of --from')
        .argParser(digits('a number of days, e.g. 30'))
        .conflicts('from'),
    )
    .addOption(new Option('--by <basis>', 'which day of a request counts').choices(['creation', 'closing']))
    .option('--policy <version>', 'by this version of the district’s policy, whatever is in force')
    .addOption(
      new Option(
        '--as-of <position>',
        'as it was known then: the number in brackets under a table',
      ).argParser(digits('a position, e.g. 48213')),
    )
    .option('--csv <file>', 'as CSV for a spreadsheet; - writes it to the output')
    .option('--xlsx <file>', 'as a workbook for Excel or WPS')
    .addOption(new Option('--json', 'the answer of the API').conflicts('csv'))
    .addHelpText(
      'after',
      '\nExamples:\n  yizhan rates 海淀区 --window 30\n  yizhan rates 海淀区 --from 2026-11-01 --to 2026-11-30 --xlsx 十一月.xlsx\n  yizhan rates 海淀区 --policy 3 --as-of 48213 --csv -',
    )
    .action(async (district: string, options: RatesOptions & Outputs) => {
      const { ratesOf } = await import('./rates.js');
      const rates = await ratesOf(session(`rates ${district}`), district, options);
      const { csv, xlsx, json } = options;
      if (csv) await writeOutput(csv, (await import('./rates.csv.js')).csvOf(rates));
      if (xlsx) await writeOutput(xlsx, await (await import('./rates.xlsx.js')).xlsxOf(rates));
      if (json) process.stdout.write(`${JSON.stringify(rates)}\n`);
      else if (!csv && !xlsx) process.stdout.write((await import('./rates.table.js')).tableOf(rates));
    });
}

const digits =
  (what: string) =>
  (value: string): string => {
    if (/^\d+$/.test(value)) return value;
    throw new InvalidArgumentError(`It takes ${what}.`);
  };
