import type { Command } from 'commander';
import { Interrupted } from '../failure.js';
import type { Session } from '../session/session.js';

export function addRebuildCommand(program: Command, session: (command: string) => Session): void {
  program
    .command('rebuild')
    .summary('build a read model anew from the first event')
    .description(
      'What is there is read until the new tables have come as far and take over. Broken off, it leaves everything as it was.',
    )
    .argument('<projection>', 'its name; one that is not known lists those there are')
    .option('--json', 'the figures as JSON, on the last line')
    .addHelpText('after', '\nExample:\n  yizhan rebuild statistics')
    .action(async (name: string, options: { json?: boolean }) => {
      const asked = session(`rebuild ${name}`);
      const { rebuilt } = await import('./rebuild.js');
      const { events, seconds } = await rebuilt(asked, name).catch((error: unknown) => {
        if (!asked.signal.aborted) throw error;
        throw new Interrupted(
          'Interrupted. What was there is still read; a station that was running before goes on with the rebuild.',
        );
      });
      const eventsPerSecond = Math.round(events / Math.max(seconds, 0.001));
      const figures = { projection: name, events, seconds: Number(seconds.toFixed(3)), eventsPerSecond };
      process.stdout.write(
        options.json
          ? `${JSON.stringify(figures)}\n`
          : `Rebuilt ${name} from ${count(events)} events in ${seconds.toFixed(1)} s (${count(eventsPerSecond)} events/s).\n`,
      );
    });
}

const count = (value: number): string => value.toLocaleString('en-US');
