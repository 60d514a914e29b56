import { type Command, InvalidArgumentError } from 'commander';
import { writeOutput } from '../output.file.js';
import type { Session } from '../session/session.js';

export function addChartCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('chart')
    .summary('a picture of a district’s month')
    .description(
      'Draws what was logged and resolved day by day, what is open by its age and how long resolving took: an SVG in greys, ' +
        'for a browser, a document or a printer.',
    )
    .argument('<district>', 'its name; one that is not known lists those there are')
    .option('--month <month>', 'e.g. 2026-11; the present one when absent', month)
    .option('--out <file>', 'where to write it; standard output when absent, or -')
    .addHelpText(
      'after',
      '\nExamples:\n  yizhan chart 海淀区 --out 海淀区.svg\n  yizhan chart 海淀区 --month 2026-11 > november.svg',
    )
    .action(async (district: string, { month: asked, out = '-' }: { month?: string; out?: string }) => {
      const { chartOf } = await import('./chart.js');
      await writeOutput(out, await chartOf(session(`chart ${district}`), district, asked));
    });
}

function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a year and a month, e.g. 2026-11.');
}
