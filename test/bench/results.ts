import type { Figure, Section } from './section.js';

export type Measured = { section: Section; figures: Figure[] };

const verdict = ({ holds }: Figure): string => (holds === undefined ? '' : holds ? 'holds' : '**misses**');

/** For a terminal: columns padded with spaces. */
export function table(measured: readonly Measured[]): string {
  const width = Math.max(...measured.flatMap(({ figures }) => figures.map(({ what }) => what.length))) + 2;
  const line = (figure: Figure): string =>
    `  ${figure.what.padEnd(width)}${figure.value.padStart(22)}  ${(figure.goal ?? '').padEnd(28)}${verdict(figure).replaceAll('*', '')}`;
  return measured
    .map(({ section, figures }) => `\n${section.title}\n${figures.map(line).join('\n')}\n`)
    .join('');
}

/** For results.md. */
export function markdown(
  measured: readonly Measured[],
  on: { machine: string; date: string; quick: boolean },
): string {
  const quick = on.quick ? '\n**A quick run: it shows that the bench works; the figures say little.**\n' : '';
  const part = ({ section, figures }: Measured): string => {
    const rows = figures.map(
      (figure) => `| ${figure.what} | ${figure.value} | ${figure.goal ?? ''} | ${verdict(figure)} |`,
    );
    return `## ${section.title}\n\n| what | measured | goal | |\n|---|---|---|---|\n${rows.join('\n')}\n\n${section.about}\n`;
  };
  return `# Benchmarks\n\n${on.date}, ${on.machine}.\nWritten by \`npm run bench\`.\n${quick}\n${measured.map(part).join('\n')}`;
}
