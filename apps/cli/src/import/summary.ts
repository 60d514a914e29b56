import type { Tally } from './importer.js';
import type { QuarantineReason } from './quarantine.reason.js';

export type Report = {
  tally: Tally;
  reasons: ReadonlyMap<QuarantineReason, number>;
  seconds: number;
  /** Where the quarantined rows are. */
  quarantine: string | undefined;
  rehearsed: boolean;
};

const count = (value: number): string => value.toLocaleString('en-US');

/** What became of a file, for people. */
export function summary({ tally, reasons, seconds, quarantine, rehearsed }: Report): string {
  const { rows, accepted, duplicates, quarantined, events } = tally;
  const rate = (value: number) => count(Math.round(value / Math.max(seconds, 0.001)));
  const lines = [
    `${rehearsed ? 'Would import' : 'Imported'} ${count(accepted)} of ${count(rows)} rows as ${count(events)} events ` +
      `in ${seconds.toFixed(1)} s (${rate(rows)} rows/s, ${rate(events)} events/s).`,
    `  accepted     ${count(accepted)}`,
    `  duplicates   ${count(duplicates)}`,
    `  quarantined  ${count(quarantined)}`,
    ...[...reasons]
      .sort(([, one], [, other]) => other - one)
      .map(([reason, rows]) => `    ${reason}: ${count(rows)}`),
  ];
  if (quarantine) lines.push(`The quarantined rows are in ${quarantine}`);
  if (rehearsed) lines.push('Nothing was written (--dry-run).');
  return `${lines.join('\n')}\n`;
}

/** What to do when an import ended before its file. */
export const goOn = 'Run it again to go on: nothing doubles.';
