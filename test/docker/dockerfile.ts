export type Instruction = { name: string; rest: string };
/** `FROM … AS name` and what follows it. */
export type Stage = { name: string; from: string; instructions: Instruction[] };

/** Reads what our Dockerfile uses: an instruction a line, stages with names, build arguments before the first. */
export function stagesOf(dockerfile: string): Stage[] {
  const [before = '', ...stages] = dockerfile.split(/^FROM /m);
  const parameters = new Map(
    [...before.matchAll(/^ARG (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  return stages.map((text) => {
    const [first = '', ...lines] = text.split('\n');
    const [from = '', name = ''] = first.split(' AS ');
    return {
      name,
      from: from.replaceAll(/\$\{(\w+)\}/g, (_, parameter: string) => parameters.get(parameter) ?? ''),
      instructions: lines.flatMap((line) => {
        const [, name = '', rest = ''] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
        return name ? [{ name, rest }] : [];
      }),
    };
  });
}

/** What stands behind each instruction of a name. */
export const all = (stage: Stage | undefined, name: string): string[] =>
  (stage?.instructions ?? []).filter((instruction) => instruction.name === name).map(({ rest }) => rest);

export const environmentOf = (stage: Stage | undefined): Record<string, string> =>
  Object.fromEntries(all(stage, 'ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('='))));
