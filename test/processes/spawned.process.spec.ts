import { spawnProcess } from './spawned.process.js';

describe('a process that a test starts', () => {
  const settings = ['KAFKA_SSL', 'KAFKA_SASL_MECHANISM', 'PUBLIC_URL', 'METRICS_PORT', 'DATABASE_URL'];
  beforeAll(() => settings.forEach((name) => (process.env[name] = 'of the machine')));
  afterAll(() => settings.forEach((name) => delete process.env[name]));

  it('knows no setting of the machine, and the rest of its environment', async () => {
    const tells = ['--print', 'Object.keys(process.env).join()'];
    const spawned = spawnProcess({ entry: 'none', nodeArgs: tells, env: { PUBLIC_URL: 'of the test' } });
    expect(await spawned.exited).toBe(0);
    const names = spawned.output().trim().split(',');
    expect(names.filter((name) => settings.includes(name))).toEqual(['PUBLIC_URL']);
    expect(names).toContain('PATH');
  });
});
