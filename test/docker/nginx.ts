export type Directive = { name: string; values: string[]; block: Directive[] };

const token = /#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[;{}]|[^\s;{}"']+/g;

/** The directives of an nginx configuration file. */
export function parseNginx(file: string): Directive[] {
  const open: Directive[][] = [[]];
  let words: string[] = [];
  for (const [text, double, single] of file.matchAll(token)) {
    if (text.startsWith('#')) continue;
    if (text === '}') open.pop();
    else if (text === ';' || text === '{') {
      const [name = '', ...values] = words;
      const block: Directive[] = [];
      open.at(-1)?.push({ name, values, block });
      if (text === '{') open.push(block);
      words = [];
    } else words.push(double ?? single ?? text);
  }
  return open[0] ?? [];
}

export const named = (block: readonly Directive[], name: string): Directive[] =>
  block.filter((directive) => directive.name === name);

/** Which upstream is asked, as nginx would find it; `files` where it answers itself. */
export function upstreamOf(configuration: readonly Directive[], method: string, path: string): string {
  const [server] = named(configuration, 'server');
  const locations = named(server?.block ?? [], 'location').map(({ values, block }) => {
    const exact = values[0] === '=';
    const prefix = values.at(-1) ?? '';
    return { prefix, block, matches: exact ? path === prefix : path.startsWith(prefix), exact };
  });
  const [location] = locations
    .filter(({ matches }) => matches)
    .sort((one, other) => Number(other.exact) - Number(one.exact) || other.prefix.length - one.prefix.length);
  const [pass] = named(location?.block ?? [], 'proxy_pass');
  if (!pass) return 'files';
  const target = pass.values[0]?.replace('http://', '') ?? '';
  const map = named(configuration, 'map').find(({ values }) => values[1] === target);
  return map ? mapped(map, `${method} ${path}`) : target;
}

function mapped({ block }: Directive, value: string): string {
  const entry = block.find(({ name }) => name.startsWith('~') && new RegExp(name.slice(1)).test(value));
  return (entry ?? named(block, 'default')[0])?.values[0] ?? '';
}
