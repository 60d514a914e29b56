import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which libs each lib imports, its specs left out. */
export function libImports(root: string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of globSync('libs/*/src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.spec.ts')) continue;
    const lib = libOf(file);
    const imported = graph.get(lib) ?? new Set();
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(importing))
      imported.add(name);
    graph.set(lib, imported);
  }
  return graph;
}

/** The first way found from a lib back to itself: `a → b → a`. */
export function cycleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const done = new Set<string>();
  const from = (lib: string, way: readonly string[]): string | undefined => {
    if (way.includes(lib)) return [...way.slice(way.indexOf(lib)), lib].join(' → ');
    if (done.has(lib)) return undefined;
    for (const next of graph.get(lib) ?? []) {
      const cycle = from(next, [...way, lib]);
      if (cycle) return cycle;
    }
    done.add(lib);
    return undefined;
  };
  for (const lib of [...graph.keys()].sort()) {
    const cycle = from(lib, []);
    if (cycle) return cycle;
  }
  return undefined;
}

const importing = /(?:from|import)\s*\(?\s*'#([\w-]+)'/g;
const libOf = (file: string): string => file.split(/[/\\]/)[1] ?? '';
