import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const built = /\/dist\/test\/reliability$/;

/** A program of this folder as the build leaves it, also when called from the sources (as Jest does). */
export function compiled(program: string): URL {
  const folder = built.test(here) ? here : here.replace(/\/test\/reliability$/, '/dist/test/reliability');
  return pathToFileURL(`${folder}/${program}`);
}
