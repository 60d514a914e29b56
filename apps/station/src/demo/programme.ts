import type { Player } from './cast.js';
import type { DemoFile } from './demo.files.js';

/** Says how far the day is: a line that is rewritten on a terminal, else four lines. */
export function progressLine(out: NodeJS.WriteStream = process.stdout) {
  return (done: number, total: number): void => {
    if (out.isTTY) out.write(`\rplaying the day: ${done} of ${total} entries${done === total ? '\n' : ''}`);
    else if (done % Math.ceil(total / 4) === 0 || done === total)
      out.write(`playing the day: ${done} of ${total} entries\n`);
  };
}

/** What stands on the screen once everything is ready. */
export function summary({ url, docs, tokens }: DemoFile, players: readonly Player[], home: string): string {
  const lines = players.map(({ role, name, scope }) => {
    const reach = Object.values(scope).join(' ') || 'everything';
    return `  ${role} (${name}, ${reach})\n    ${tokens[role]}`;
  });
  return [
    '',
    `Address        ${url}`,
    `Documentation  ${docs}`,
    `Home           ${home} (the same in demo.json)`,
    '',
    'Tokens, valid for 30 days:',
    ...lines,
    '',
    'Try it:',
    `  curl '${url}/v1/stations/YFXJ/logbook?limit=5' -H "Authorization: Bearer ${tokens['volunteer']}"`,
    '',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}
