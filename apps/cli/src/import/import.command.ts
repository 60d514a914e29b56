import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { Interrupted } from '../failure.js';
import type { Session } from '../session/session.js';
import type { ImportOptions } from './import.file.js';
import { profileNames } from './profile.names.js';
import { goOn, summary } from './summary.js';
import { encodings } from './text-encoding.js';

export function addImportCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('import')
    .summary('bring the rows of a file in as requests')
    .description(
      'Every row becomes the events of its request’s life. Importing a file again appends nothing; rows that cannot be ' +
        'true go to <file>.quarantine.csv with line and reason.',
    )
    .argument('<file>', 'CSV, plain or gzip; UTF-8, GB18030 or UTF-16')
    .addOption(
      new Option('--profile <name>', 'what kind of file it is').choices(profileNames).makeOptionMandatory(),
    )
    .option('--dry-run', 'say what would happen, write nothing')
    .option('--json', 'the figures as JSON, on the last line')
    .addOption(new Option('--encoding <name>', 'when it is not recognised').choices(encodings))
    .option('--quarantine <file>', 'where to put the rows that cannot be true')
    .optionsGroup('Of a register (--profile register):')
    .option('--station <code>', 'whose register it is; not needed when there is one station')
    .option('--station-name <name>', 'its name, if it is to be opened')
    .option('--community <name>', 'likewise')
    .option('--street <name>', 'likewise')
    .option('--district <name>', 'likewise')
    .addHelpText(
      'after',
      `
Examples:
  yizhan import --profile register --station YFXJ 登记表.csv
  yizhan import --profile casework --dry-run cases.csv.gz
  yizhan import --profile baltimore311 --json requests.csv | tail -1`,
    )
    .action(async (file: string, options: ImportOptions) => {
      const asked = session(`import ${basename(file)}`);
      const { importInto } = await import('./import.file.js');
      const report = await importInto(asked, file, options);
      if (asked.signal.aborted) throw new Interrupted(`${summary(report)}${goOn}`);
      process.stdout.write(options.json ? `${JSON.stringify(report.tally)}\n` : summary(report));
    });
}
