import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const text = (file: string): string => readFileSync(root + file, 'utf8');
export const exists = (file: string): boolean => existsSync(root + file);

/** Version that package-lock.json has of a package. */
export function locked(name: string): string {
  const { packages } = JSON.parse(text('package-lock.json')) as {
    packages: Record<string, { version: string }>;
  };
  return packages[`node_modules/${name}`]?.version ?? 'none';
}
