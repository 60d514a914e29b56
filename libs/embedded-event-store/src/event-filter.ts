import { compileRegex, type TextTest } from './filter-regex.js';
import type { streams } from './protocol.js';
import type { RecordedEvent } from './recorded-event.js';

/** Says of each event of a page whether it is to be delivered. */
export type EventFilter = (events: readonly RecordedEvent[]) => boolean[];

/** The filter of a read of $all; a string says what is wrong with it. A regular expression goes before prefixes. */
export function compileFilter(options: streams.ReadReq.Options.FilterOptions): EventFilter | string {
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  if (!expression) return 'The filter names neither streams nor event types.';
  const test = expression.getRegex()
    ? compileRegex(expression.getRegex())
    : prefixTest(expression.getPrefixList());
  if (typeof test === 'string') return test;
  return byStream
    ? (events) => test(events.map(({ stream }) => stream))
    : (events) => test(events.map(({ type }) => type));
}

function prefixTest(prefixes: string[]): TextTest {
  return (texts) => texts.map((text) => prefixes.some((prefix) => text.startsWith(prefix)));
}
