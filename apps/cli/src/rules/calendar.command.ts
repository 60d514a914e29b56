import type { Command } from 'commander';
import { nationalCalendar } from '#calendar';
import type { Session } from '../session/session.js';
import type { Rules } from './rules.js';

type Days = { from: string; to: string; kind: string; name: string };
type OwnYear = { daysOff: object[]; makeUpDays: object[]; workingHours: object | null };
type Calendar = {
  code: string;
  version: string;
  year: number;
  published: boolean;
  workingDays: number;
  days: Days[];
  workingHours: object | null;
  own: OwnYear | null;
};

const address = (code: string): string => `/v1/calendars/${encodeURIComponent(code)}`;

const rules: Rules = {
  address,
  present: async (api, code, { year }) => {
    const query = Number.isInteger(year) ? `?year=${String(year)}` : '';
    return published(await api<Calendar>('GET', address(code) + query));
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
    .summary('a year as it was published, as YAML')
    .description(
      'The output can be edited and published. Of a district only its own days: --merged shows what they make of the nation’s.',
    )
    .argument('[district]', 'its name; `default`: the nation’s', nationalCalendar)
    .option('--year <year>', 'this year when absent')
    .option('--merged', 'as it is counted with: a district’s days laid over the nation’s')
    .action(async (district: string, { year, merged = false }: { year?: string; merged?: boolean }) => {
      const { shown } = await import('./rules.js');
      const query = year === undefined ? '' : `?year=${encodeURIComponent(year)}`;
      let head = '';
      const text = await shown<Calendar>(
        session(`calendar show ${district}`),
        address(district) + query,
        (found) => {
          head = headOf(found, merged);
          return merged ? counted(found) : published(found);
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

function headOf({ code, version, published, workingDays }: Calendar, merged: boolean): string {
  const guess = published ? '' : '; not published: Monday to Friday is a guess';
  const counted = `# ${version}: ${workingDays} working days${guess}\n`;
  if (code === nationalCalendar) return counted;
  return merged
    ? `${counted}# With the nation’s days: published for ${code} they would be its own.\n`
    : `${counted}# What ${code} itself lays over the nation’s days; --merged shows both.\n`;
}

/** What is published next goes over this: a district's own days, never the nation's, which would become its own. */
function published(calendar: Calendar): object {
  const { code, year, own } = calendar;
  if (own) return { year, ...own };
  return code === nationalCalendar ? counted(calendar) : { year, daysOff: [], makeUpDays: [] };
}

/** A year as it is counted with. */
function counted({ year, days, workingHours }: Calendar): object {
  return {
    year,
    daysOff: days.filter(({ kind }) => kind === 'day-off').map(({ from, to, name }) => ({ from, to, name })),
    makeUpDays: days
      .filter(({ kind }) => kind === 'make-up-day')
      .flatMap(({ from, to, name }) => (from === to ? [from] : [from, to]).map((day) => ({ day, name }))),
    ...(workingHours && { workingHours }),
  };
}
