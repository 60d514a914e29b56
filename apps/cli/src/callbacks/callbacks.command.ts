import { type Command } from 'commander';
import { Failure } from '../failure.js';
import type { Session } from '../session/session.js';

export function addCallbacksCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('callbacks')
    .summary('whom a station or a district has to call back')
    .description(
      'Prints which resolved requests wait for their resident’s word, what has waited longest first, with the attempts so far.',
    )
    .argument('[station]', 'its code, e.g. YFXJ')
    .option('--district <name>', 'of all stations of a district, e.g. 海淀区')
    .option('--json', 'the items of the API, one a line')
    .addHelpText(
      'after',
      '\nExamples:\n  yizhan callbacks YFXJ\n  yizhan callbacks YFXJ --json\n  yizhan callbacks --district 海淀区',
    )
    .action(async (station: string | undefined, options: { district?: string; json?: boolean }) => {
      const place = placeOf(station, options.district);
      const { callbacksIn } = await import('./callbacks.js');
      const due = await callbacksIn(session(`callbacks ${place.code}`), place);
      if (options.json) for (const item of due.items) process.stdout.write(`${JSON.stringify(item)}\n`);
      else process.stdout.write((await import('./callbacks.table.js')).tableOf(due));
    });
}

function placeOf(station: string | undefined, district: string | undefined) {
  if ((station === undefined) === (district === undefined)) {
    throw new Failure('Name a station, e.g. YFXJ, or a --district; not both.', 2);
  }
  return station === undefined
    ? { kind: 'districts' as const, code: (district as string).trim() }
    : { kind: 'stations' as const, code: station.trim().toUpperCase() };
}
