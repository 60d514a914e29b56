#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addBackupCommand } from './backup/backup.command.js';
import { addCallbacksCommand } from './callbacks/callbacks.command.js';
import { addChartCommand } from './chart/chart.command.js';
import { addCopyEventsCommand } from './copy-events/copy-events.command.js';
import { Failure, Interrupted } from './failure.js';
import { addHistoryCommand } from './history/history.command.js';
import { addImportCommand } from './import/import.command.js';
import { addLagCommand } from './pipeline/lag.command.js';
import { addRatesCommand } from './rates/rates.command.js';
import { addCalendarCommand } from './rules/calendar.command.js';
import { addPolicyCommand } from './rules/policy.command.js';
import { addParkedCommand } from './pipeline/parked.command.js';
import { addRebuildCommand } from './rebuild/rebuild.command.js';
import { addRestoreCommand } from './restore/restore.command.js';
import type { Session } from './session/session.js';
import { addStatsCommand } from './stats/stats.command.js';
import { addTodayCommand } from './today/today.command.js';
import { addTokenCommand } from './token/token.command.js';
import { addVerifyCommand } from './verify/verify.command.js';

const { version } = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { version: string };

// The first signal ends the work in good order, the second at once.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort(new Interrupted('Interrupted.'));
  });
}

// Whoever reads along may have seen enough (`| head`): what was begun is done all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const session = (command: string): Session => ({
  command,
  environment: process.env,
  signal: interruption.signal,
});

const program = new Command('yizhan')
  .description('驿站 Yizhan: residents’ requests, from the register to the district’s figures')
  .version(version)
  .exitOverride()
  .showHelpAfterError('Add --help to see what it takes.')
  .addHelpText(
    'after',
    `
It works with the station that runs on YIZHAN_HOME (./data where that is not set), and starts one for as long as it needs it
where none does. YIZHAN_TOKEN is the token it asks with, where an identity provider gives them out (OIDC_ISSUER); else it signs
one with the key of the home. EVENTSTORE_URL makes it import straight into that event store.

Exit codes: 0 done, 1 it did not work out, 2 it was asked for in a way that cannot work, 130 interrupted.`,
  );
addTokenCommand(program);
addImportCommand(program, session);
addHistoryCommand(program, session);
addStatsCommand(program, session);
addChartCommand(program, session);
addRatesCommand(program, session);
addPolicyCommand(program, session);
addCalendarCommand(program, session);
addCallbacksCommand(program, session);
addTodayCommand(program, session);
addRebuildCommand(program, session);
addBackupCommand(program, session);
addRestoreCommand(program, session);
addVerifyCommand(program, session);
addCopyEventsCommand(program, session);
addLagCommand(program, session);
addParkedCommand(program, session);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await exitCode(error);
}

async function exitCode(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said it all itself
  if (interruption.signal.aborted) {
    process.stderr.write(`${error instanceof Interrupted ? error.message : 'Interrupted.'}\n`);
    return 130;
  }
  const { InvalidSetting } = await import('#station-home');
  // An event store that cannot be opened gives its reason.
  const foreseen =
    error instanceof Failure ||
    error instanceof InvalidSetting ||
    (error instanceof Error && 'reason' in error);
  const text = error instanceof Error ? (foreseen ? error.message : error.stack) : String(error);
  process.stderr.write(`yizhan: ${text}\n`);
  return error instanceof Failure ? error.code : 1;
}
