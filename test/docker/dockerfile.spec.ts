import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { all, environmentOf, stagesOf } from './dockerfile.js';
import { exists, locked, text } from './project.js';

const dockerfile = text('docker/Dockerfile');
const ignored = text('.dockerignore');

/** What would keep the image from being built, or from running what the project was tried with. */
function faults(dockerfile: string, ignored: string): string[] {
  const stages = stagesOf(dockerfile);
  const sent = ignored.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const isSent = (path: string) => sent.some((kept) => path === kept || path.startsWith(`${kept}/`));
  const node = `node:${locked('node')}-bookworm-slim`;
  const app = stages.find(({ name }) => name === 'app');
  return [
    ...stages.flatMap((stage) => all(stage, 'COPY')).flatMap((rest) => copyFaults(rest, isSent)),
    ...stages
      .filter(({ from, name }) => name !== 'gateway' && from !== node)
      .map(({ name, from }) => `${name} is made from ${from}, not ${node}`),
    ...(stages.at(-1) === app ? [] : ['the image of the apps is not the one that is built by default']),
    ...(all(app, 'USER').includes('node') ? [] : ['runs as root']),
    ...all(app, 'EXPOSE').filter((port) => port !== environmentOf(app)['PORT']),
    ...(all(app, 'HEALTHCHECK').length === 1 ? [] : ['has no health check']),
    ...[...dockerfile.matchAll(/\bdist\/((?:apps|libs)\/[\w/-]+)\.js/g)]
      .filter(([, source]) => !exists(`${source}.ts`))
      .map(([file]) => `${file} is made of nothing`),
  ];
}

function copyFaults(rest: string, isSent: (path: string) => boolean): string[] {
  const words = rest.split(' ');
  if (words[0]?.startsWith('--from=')) return [];
  return words.slice(0, -1).flatMap((path) => {
    if (!exists(path)) return [`${path} is not there`];
    return isSent(path) ? [] : [`${path} is kept back by .dockerignore`];
  });
}

describe('the Dockerfile', () => {
  it('can be built of the project', () => expect(faults(dockerfile, ignored)).toEqual([]));

  it.each([
    ['COPY libs libs', 'COPY lib libs', ['lib is not there']],
    [
      'ARG NODE=24',
      'ARG NODE=20',
      expect.arrayContaining([expect.stringMatching(/^build is made from node:20/)]),
    ],
    ['USER node', 'USER root', ['runs as root']],
    [
      'EXPOSE 3000\nHEALTHCHECK --interval=10s --timeout=5s --start-period=60s',
      'EXPOSE 3001\nHEALTHCHECK',
      ['3001'],
    ],
    [
      'dist/apps/station/src/openapi.js',
      'dist/apps/station/src/swagger.js',
      ['dist/apps/station/src/swagger.js is made of nothing'],
    ],
    [
      'write-empty-database.js',
      'initdb.js',
      ['dist/libs/read-store/src/embedded/initdb.js is made of nothing'],
    ],
  ])('could not with %j written as %j', (right, wrong, expected) => {
    expect(dockerfile).toContain(right);
    expect(faults(dockerfile.replace(right, wrong), ignored)).toEqual(expected);
  });

  it('could not without the contracts, which the apps read', () =>
    expect(faults(dockerfile, ignored.replace('!contracts\n', ''))).toEqual([
      'contracts is kept back by .dockerignore',
    ]));

  it.each([
    [200, 0],
    [503, 1],
  ])('asks for the health of an app: %i ends with %i', async (status, code) => {
    const [check = ''] = all(stagesOf(dockerfile).at(-1), 'HEALTHCHECK');
    const [, ...command] = JSON.parse(check.slice(check.indexOf('['))) as string[];
    const server = createServer(({ url }, answer) =>
      answer.writeHead(url === '/health/ready' ? status : 404).end(),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const ended = once(execFile(process.execPath, command, { env: { PORT: String(port) } }), 'exit');
    expect(await ended).toEqual([code, null]);
    server.close();
  });
});
