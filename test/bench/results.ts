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

/** For results.md: what was measured now takes the place of what stood there of the same section, in the order of all. */
export function markdown(
  measured: readonly Measured[],
  on: { machine: string; date: string; quick: boolean },
  { order, earlier }: { order: readonly Section[]; earlier: string },
): string {
  const parts = new Map(
    earlier
      .split(/^(?=## )/m)
      .slice(1)
      .map((text) => [/^## (.*)$/m.exec(text)?.[1], `${text.trimEnd()}\n`]),
  );
  for (const one of measured) parts.set(one.section.title, part(one, on));
  const shown = order.flatMap(({ title }) => parts.get(title) ?? []);
  return `# Benchmarks\n\nWritten by \`npm run bench\`; each section is its newest run.\n\n${shown.join('\n')}`;
}

function part(
  { section, figures }: Measured,
  { machine, date, quick }: { machine: string; date: string; quick: boolean },
): string {
  const rows = figures.map(
    (figure) => `| ${figure.what} | ${figure.value} | ${figure.goal ?? ''} | ${verdict(figure)} |`,
  );
  const warning = quick ? '**A quick run: it shows that the bench works; the figures say little.**\n\n' : '';
  return `## ${section.title}\n\n${date}, ${machine}.\n\n${warning}| what | measured | goal | |\n|---|---|---|---|\n${rows.join('\n')}\n\n${section.about}\n`;
}
