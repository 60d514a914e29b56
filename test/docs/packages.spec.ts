import { readFileSync } from 'node:fs';

type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>;

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const readme = readFileSync('README.md', 'utf8');
const table = readme.slice(readme.indexOf('## What it is made of'), readme.indexOf('## Working on it'));
const [used, forDevelopment] = table.split('*for development:*');

/** The packages that rows name, `a, b 1.2.3, pinned`; after `@scope/a` a bare `b` is of that scope where there is one. */
function named(rows: string | undefined, known: readonly string[]): string[] {
  const cells = (rows ?? '').split('\n').flatMap((row) => /^\|? *([^|]+?) *\|/.exec(row)?.[1] ?? []);
  return cells.slice(rows === used ? 1 : 0).flatMap((cell) => {
    const names = cell.split(', ').map((name) => name.split(' ')[0] ?? '');
    const scope = /^@[^/]+\//.exec(names[0] ?? '')?.[0] ?? '';
    return names
      .filter((name) => name !== 'pinned' && !/^-+$/.test(name))
      .flatMap((name) => {
        if (name.endsWith('…')) return known.filter((one) => one.startsWith(name.slice(0, -1)));
        return known.includes(scope + name) ? [scope + name] : [name];
      });
  });
}

it.each([
  ['it runs with', used, Object.keys(dependencies)],
  ['it is developed with', forDevelopment, Object.keys(devDependencies)],
])('the README names every package %s, and no other', (_, rows, known) => {
  expect(named(rows, known).toSorted()).toEqual(known.toSorted());
});

it('the README says of a pinned package which version it is', () => {
  const exact = Object.entries(dependencies).filter(([, version]) => /^\d/.test(version));
  for (const [name, version] of exact) expect(used).toContain(`| ${name} ${version}, pinned |`);
  expect(exact).toHaveLength(used?.match(/, pinned \|/g)?.length ?? 0);
});
