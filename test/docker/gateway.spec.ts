import { describeApi } from '#http-service';
import { catalogue, problemType } from '#problems';
import { api } from '../../apps/station/src/api.js';
import { composed, district } from './compose.js';
import { all, environmentOf, stagesOf } from './dockerfile.js';
import { named, parseNginx, upstreamOf } from './nginx.js';
import { text } from './project.js';

const file = text('docker/gateway/nginx.conf');
const stages = stagesOf(text('docker/Dockerfile'));
const app = environmentOf(stages.find(({ name }) => name === 'app'));

type Route = { method: string; path: string; service: string };

async function routesOf(service: keyof typeof api): Promise<Route[]> {
  const { paths } = await describeApi(api[service]);
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'X'),
      service,
    })),
  );
}

const ask = (path: string): string => upstreamOf(parseNginx(file), 'GET', path);

const astray = (file: string, routes: Route[]): string[] =>
  routes
    .map((route) => ({ ...route, found: upstreamOf(parseNginx(file), route.method, route.path) }))
    .filter(({ service, found }) => found !== service)
    .map(({ method, path, service, found }) => `${method} ${path} goes to ${found}, not ${service}`);

describe('the gateway', () => {
  let routes: Route[];
  beforeAll(async () => {
    routes = [...(await routesOf('commands')), ...(await routesOf('queries'))];
  });

  it('sends every route of either app to that app', () => {
    expect(new Set(routes.map(({ service }) => service))).toEqual(new Set(['commands', 'queries']));
    expect(astray(file, routes)).toEqual([]);
  });

  it.each([
    ['(requests|stations|', '(requests|', 'POST /v1/stations goes to queries, not commands'],
    ['^POST /v1', '^GET /v1', 'GET /v1/requests/X goes to commands, not queries'],
    ['default queries', 'default commands', 'POST /v1/projections/X/rebuild goes to commands, not queries'],
    ['location / {', 'location /v2/ {', 'GET /v1/districts goes to files, not queries'],
    ['location = /docs {', 'location /v1/stations {', 'GET /v1/stations/X goes to files, not queries'],
  ])('would not with %s written as %s', (right, wrong, complaint) => {
    expect(file).toContain(right);
    expect(astray(file.replace(right, wrong), routes)).toContain(complaint);
  });

  it('asks queries for the contracts, and answers with the documentation itself', () => {
    expect(['/asyncapi.json', '/schemas/request.logged.v1.json', '/v1/events'].map(ask)).toEqual(
      Array(3).fill('queries'),
    );
    expect(['/openapi.json', '/docs', '/docs/', '/docs/swagger-ui.css'].map(ask)).toEqual(
      Array(4).fill('files'),
    );
  });

  it('finds the apps where Compose starts them', () => {
    const { services } = composed([district]);
    for (const { values, block } of named(parseNginx(file), 'upstream')) {
      const [name = ''] = values;
      expect(Object.keys(services)).toContain(name);
      expect(named(block, 'server')[0]?.values).toEqual([`${name}:${app['PORT']}`, 'resolve']);
    }
  });

  it('listens where its port is published', () => {
    const [server] = named(parseNginx(file), 'server');
    const [port] = named(server?.block ?? [], 'listen')[0]?.values ?? [];
    expect(
      all(
        stages.find(({ name }) => name === 'gateway'),
        'EXPOSE',
      ),
    ).toEqual([port]);
    expect(composed([district]).services['gateway']?.ports).toEqual([`127.0.0.1:3000:${port}`]);
  });

  it('says that nobody answers as the apps say it', () => {
    const [, body = ''] = /return 503 '(.*)'/.exec(file) ?? [];
    const { status, title, detail, headers } = catalogue.unavailable;
    expect(JSON.parse(body)).toEqual({
      type: problemType('unavailable'),
      status,
      title: title.zh,
      detail: `${detail.zh} ${detail.en}`,
    });
    expect(file).toContain(`add_header Retry-After ${headers?.['retry-after']} always;`);
  });
});
