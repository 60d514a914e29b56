import { parse } from 'yaml';
import { text } from './project.js';

export type Service = {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  restart?: string;
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
};
export type Compose = { services: Record<string, Service>; volumes: Record<string, null> };

export const district = text('docker/compose.yaml');
export const cluster = text('docker/compose.cluster.yaml');

export const parsed = (file: string): Compose => parse(file, { merge: true }) as Compose;

/** What `docker compose` makes of some files and the variables it is started with. */
export function composed(files: string[], variables: Record<string, string> = {}): Compose {
  const whole = files.map(parsed).reduce((base, over) => merged(base, over) as Compose);
  return JSON.parse(JSON.stringify(whole), (_, part: unknown) =>
    typeof part === 'string' ? interpolated(part, variables) : part,
  ) as Compose;
}

// https://github.com/compose-spec/compose-spec/blob/main/13-merge.md: commands are replaced, other lists grow.
const replaced = ['command', 'entrypoint', 'test'];

function merged(base: unknown, over: unknown, name = ''): unknown {
  if (Array.isArray(base) && Array.isArray(over)) return replaced.includes(name) ? over : [...base, ...over];
  if (!isMapping(base) || !isMapping(over)) return over;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in over ? merged(base[name], over[name], name) : base[name]]),
  );
}

const isMapping = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

// `$$` is a dollar, `${NAME:-default}` and `${NAME:?what to do}` are as in a shell.
function interpolated(part: string, variables: Record<string, string>): string {
  return part.replaceAll(
    /\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})/g,
    (_, dollar, name: string, how, alternative) => {
      if (dollar) return '$';
      const value = variables[name];
      if (value) return value;
      if (how === '-') return alternative as string;
      throw new Error(`${name} is not set${how ? `: ${alternative}` : ''}`);
    },
  );
}
