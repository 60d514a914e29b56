/** `FROM … AS name` and what follows. */
export type Stage = { name: string; from: string; instructions: Instruction[] };
export type Instruction = { name: string; rest: string };

/** Reads the few instructions that our Dockerfile uses; build arguments are filled in. */
export function stagesOf(dockerfile: string): Stage[] {
  const stages: Stage[] = [];
  const parameters = new Map<string, string>();
  for (const line of dockerfile.split('\n')) {
    const [, name, text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (!name) continue;
    const rest =
      name === 'FROM' ? text.replaceAll(/\$\{(\w+)\}/g, (_, key: string) => parameters.get(key) ?? '') : text;
    const [, from, as] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
    if (name === 'FROM') stages.push({ name: as ?? '', from: from ?? '', instructions: [] });
    else if (stages.length > 0) stages.at(-1)?.instructions.push({ name, rest });
    else if (name === 'ARG') parameters.set(...(rest.split('=') as [string, string]));
  }
  return stages;
}

export const all = (stage: Stage | undefined, name: string): string[] =>
  (stage?.instructions ?? []).filter((instruction) => instruction.name === name).map(({ rest }) => rest);

export const environmentOf = (stage: Stage | undefined): Record<string, string> =>
  Object.fromEntries(all(stage, 'ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('='))));
