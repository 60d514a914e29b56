import type { Command } from 'commander';
import type { Session } from '../session/session.js';

type Options = { url?: string; json?: boolean; reason?: string };

const url = [
  '--url <queries>',
  'where queries run as a process of their own, e.g. http://127.0.0.1:3000',
] as const;

export function addParkedCommand(program: Command, session: (command: string) => Session): void {
  const parked = program
    .command('parked')
    .summary('streams whose events a read model could not apply')
    .description(
      'Such an event waits with all that follow in its stream while the others flow on. Mend what refused it (most often the ' +
        'code), then retry; or discard, and the stream goes on without it.',
    );
  parked
    .command('list', { isDefault: true })
    .description('what waits, and why')
    .option(...url)
    .option('--json', 'the list as JSON')
    .action(async (options: Options) => {
      const { listParked, parkedTable } = await import('./parked.js');
      const items = await listParked(session('parked list'), options.url);
      process.stdout.write(options.json ? `${JSON.stringify(items)}\n` : parkedTable(items));
    });
  parked
    .command('retry')
    .description('apply what waits of a stream, in its order: all of it or none')
    .argument('<projection>')
    .argument('<stream>', 'as `yizhan parked list` names it')
    .option(...url)
    .action(async (projection: string, stream: string, options: Options) => {
      const { endParking } = await import('./parked.js');
      const asked = session(`parked retry ${projection} ${stream}`);
      const count = await endParking(asked, { projection, stream, by: 'retry' }, options.url);
      process.stdout.write(`Applied ${count} records of ${stream} to ${projection}.\n`);
    });
  parked
    .command('discard')
    .description('give up on what waits of a stream; it is kept with the reason')
    .argument('<projection>')
    .argument('<stream>')
    .requiredOption('--reason <sentence>', 'for those who ask later')
    .option(...url)
    .action(async (projection: string, stream: string, { reason = '', ...options }: Options) => {
      const { endParking } = await import('./parked.js');
      const asked = session(`parked discard ${projection} ${stream}`);
      const count = await endParking(asked, { projection, stream, by: 'discard', reason }, options.url);
      process.stdout.write(`Discarded ${count} records of ${stream} from ${projection}.\n`);
    });
}
