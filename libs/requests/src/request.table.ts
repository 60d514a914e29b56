import { Rejection, fold } from '#event-sourcing';
import type { RequestCommand } from './request.commands.js';
import { requestDecider } from './request.decider.js';
import { type RequestEvent, type Status, openStatuses, statuses } from './request.events.js';
import {
  committee,
  deadlineSet,
  histories,
  paused,
  sampleCommands as samples,
  tookIn,
} from './request.samples.js';

/** A row of the table: what is asked, and what a request has been through before where it is in one of these states. */
type Row = { name: string; command: RequestCommand; before?: RequestEvent; in?: readonly Status[] };

const told = statuses.filter((status) => status !== 'unlogged');

// What is done about a deadline needs one.
const byDeadline: readonly RequestCommand['type'][] = ['Warn', 'EscalateByRule', 'Supervise'];

const rows: Row[] = Object.values(samples).flatMap((command): Row[] => [
  { name: command.type, command, ...(byDeadline.includes(command.type) && { before: deadlineSet }) },
  ...variants(command),
]);

// Where the answer hangs on more than the status.
function variants(command: RequestCommand): Row[] {
  switch (command.type) {
    case 'Assign':
      return [{ name: 'Assign another', command: { ...command, data: { to: committee } } }];
    case 'RecordCallback':
      return [
        { name: 'RecordCallback: no', command: { ...command, data: { ...command.data, resolved: 'no' } } },
      ];
    case 'Resume':
      return [{ name: 'Resume when paused', command, before: paused }];
    case 'GiveBack':
      return [{ name: 'GiveBack when taken in', command, before: tookIn, in: told }];
    default:
      return [];
  }
}

/**
 * The states × commands as a Markdown table, asked of the decider itself. A cell names the events a command makes in that
 * state, `–` says that it is in effect already; an empty cell is refused.
 */
export function requestTable(): string {
  const cells = rows.map(({ name, command, before, in: where = openStatuses }) => [
    name,
    ...statuses.map((status) => {
      const history = histories[status];
      return answer(command, before && where.includes(status) ? [...history, before] : history);
    }),
  ]);
  return markdown([['', ...statuses], ...cells]);
}

const markers = /(<!-- states × commands: begin -->\n)[^]*?(<!-- states × commands: end -->)/;

/** A text with the table between its markers. */
export function withRequestTable(text: string): string {
  if (!markers.test(text)) throw new Error('the markers of the table states × commands are missing');
  return text.replace(markers, (_, begin: string, end: string) => `${begin}\n${requestTable()}\n\n${end}`);
}

function answer(command: RequestCommand, history: readonly RequestEvent[]): string {
  try {
    const events = requestDecider.decide(command, fold(requestDecider, history));
    return events.length === 0 ? '–' : events.map(({ type }) => brief(type)).join(', ');
  } catch (error) {
    if (error instanceof Rejection) return '';
    throw error;
  }
}

// ProgressRecorded reads as Progress, ClockPaused as Paused: eleven columns have to stand side by side.
const brief = (type: RequestEvent['type']): string =>
  type.replace(/^Request|^Resident|^Clock|^Deadline|Recorded$/, '');

function markdown([head = [], ...body]: readonly string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => row[column]?.padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...body.map(line)].join('\n');
}
