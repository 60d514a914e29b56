import { columnsOf, padded, plain } from './columns.js';
import { type Tone, eventWords } from './event.words.js';
import type { EventAnswer } from './history.answer.js';
import { localMoment } from './local-moment.js';
import { roleWord } from './words.js';

export type Colour = 'bold' | 'dim' | 'cyan' | 'green' | 'yellow' | 'red';
export type Paint = (colour: Colour, text: string) => string;

const colours: Record<Tone, Colour> = { good: 'green', bad: 'yellow', plain: 'cyan' };

/** A line for each event under its day, in the order of recording, with times on the station's clock. */
export function timeline(events: EventAnswer[], timeZone: string, paint: Paint): string[] {
  const lines: string[] = [];
  const name = Math.max(...events.map(({ type }) => columnsOf(eventWords[type].name)));
  const who = Math.max(...events.map((event) => columnsOf(actor(event))));
  let day = '';
  for (const event of events) {
    const moment = localMoment(event.occurredAt, timeZone);
    if (moment.day !== day) lines.push('', paint('bold', `${moment.day} ${moment.weekday}`));
    day = moment.day;
    const words = eventWords[event.type];
    // The event and its words are a pair, which TypeScript cannot see.
    const { what, said } = words.told(event.data as never);
    const told = [what, said && `「${said}」`].filter(Boolean).map((text) => plain(text as string));
    lines.push(
      [
        `  ${moment.time}`,
        paint(colours[words.tone], padded(words.name, name)),
        paint('dim', padded(actor(event), who)),
        [told.join(' '), later(event, timeZone, paint)].filter(Boolean).join('  '),
      ]
        .join('  ')
        .trimEnd(),
    );
  }
  return lines.slice(1);
}

const actor = ({ actor: { name, role, station } }: EventAnswer): string =>
  plain(`${name}（${roleWord(role)}${station === null ? '' : ` ${station}`}）`);

// To the minute, as the clock shows: an entry made at once is not late.
function later({ occurredAt, recordedAt }: EventAnswer, timeZone: string, paint: Paint): string {
  const [happened, entered] = [localMoment(occurredAt, timeZone), localMoment(recordedAt, timeZone)];
  if (happened.day === entered.day && happened.time === entered.time) return '';
  const day = happened.day === entered.day ? '' : `${entered.day} `;
  return paint('yellow', `⟲ ${day}${entered.time} 补记`);
}
