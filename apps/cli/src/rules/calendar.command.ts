import type { Command } from 'commander';
import type { Session } from '../session/session.js';
import type { Rules } from './rules.js';

type Days = { from: string; to: string; kind: string; name: string };
type Calendar = {
  version: string;
  year: number;
  published: boolean;
  workingDays: number;
  days: Days[];
  workingHours: object | null;
};

const address = (code: string): string => `/v1/calendars/${encodeURIComponent(code)}`;

const rules: Rules = {
  address,
  present: async (api, code, { year }) => {
    const query = Number.isInteger(year) ? `?year=${String(year)}` : '';
    return asFile(await api<Calendar>('GET', address(code) + query));
  },
};

export function addCalendarCommand(program: Command, session: (command: string) => Session): void {
  const calendar = program
    .command('calendar')
    .summary('the working days of a year: show them, publish a year')
    .description(
      'Days off, make-up days (调休) and working hours: the nation’s, and what a district lays over them.',
    );
  calendar
    .command('show')
    .summary('a year as it is counted with, as YAML')
    .description('The output can be edited and published.')
    .argument('[district]', 'its name; `default`: the nation’s', 'default')
    .option('--year <year>', 'this year when absent')
    .action(async (district: string, { year }: { year?: string }) => {
      const { shown } = await import('./rules.js');
      const query = year === undefined ? '' : `?year=${encodeURIComponent(year)}`;
      let head = '';
      const text = await shown<Calendar>(
        session(`calendar show ${district}`),
        address(district) + query,
        (found) => {
          const guess = found.published ? '' : '; not published: Monday to Friday is a guess';
          head = `# ${found.version}: ${found.workingDays} working days${guess}\n`;
          return asFile(found);
        },
      );
      process.stdout.write(head + text);
    });
  calendar
    .command('publish')
    .summary('publish a year')
    .description(
      'Checks the file, says what becomes different, and publishes it. Open deadlines are counted again.',
    )
    .argument('<file>', 'YAML as `calendar show` prints it')
    .option('--district <name>', 'whose; the nation’s when absent', 'default')
    .option('--dry-run', 'only say what would come of it')
    .addHelpText('after', '\nExample:\n  yizhan calendar publish 2027.yaml --dry-run')
    .action(async (file: string, { district, dryRun = false }: { district: string; dryRun?: boolean }) => {
      const { publish } = await import('./rules.js');
      const lines = await publish(session('calendar publish'), rules, file, district, dryRun);
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

function asFile({ year, days, workingHours }: Calendar): object {
  return {
    year,
    daysOff: days.filter(({ kind }) => kind === 'day-off').map(({ from, to, name }) => ({ from, to, name })),
    makeUpDays: days
      .filter(({ kind }) => kind === 'make-up-day')
      .flatMap(({ from, to, name }) => (from === to ? [from] : [from, to]).map((day) => ({ day, name }))),
    ...(workingHours && { workingHours }),
  };
}
