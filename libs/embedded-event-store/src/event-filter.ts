import { compileRegex } from './filter-regex.js';
import type { streams } from './protocol.js';
import type { RecordedEvent } from './recorded-event.js';

export type EventFilter = (event: RecordedEvent) => boolean;

/** The filter of a read of $all; a string says what is wrong with it. A regular expression goes before prefixes. */
export function compileFilter(options: streams.ReadReq.Options.FilterOptions): EventFilter | string {
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  if (!expression) return 'The filter names neither streams nor event types.';
  const test = expression.getRegex()
    ? compileRegex(expression.getRegex())
    : prefixTest(expression.getPrefixList());
  if (typeof test === 'string') return test;
  return byStream ? ({ stream }) => test(stream) : ({ type }) => test(type);
}

function prefixTest(prefixes: string[]): (text: string) => boolean {
  return (text) => prefixes.some((prefix) => text.startsWith(prefix));
}
