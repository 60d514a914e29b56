import { dirname } from 'node:path';
import { apps, serviceOf } from './apps.js';
import { type Compose, cluster, composed, district } from './compose.js';

const nodes = ['eventstore', 'eventstore-2', 'eventstore-3'];
const started = (file: string): Compose =>
  composed([district, file], { EVENTSTORE_PASSWORD: 'letters4digits' });
const mounts = (compose: Compose, name: string): Map<string, string> =>
  new Map((serviceOf(compose, name).volumes ?? []).map((volume) => volume.split(':') as [string, string]));

/** What would keep the three nodes and the apps from finding or trusting each other. */
function faults(compose: Compose): string[] {
  const { command: [script = ''] = [] } = serviceOf(compose, 'certificates');
  return [
    ...nodes.flatMap((node) => nodeFaults(compose, node, script)),
    ...apps.flatMap((app) => clientFaults(compose, app)),
  ];
}

function nodeFaults(compose: Compose, node: string, script: string): string[] {
  const { environment = {}, depends_on } = serviceOf(compose, node);
  const others = nodes.filter((other) => other !== node).map((other) => `${other}:2113`);
  const made = [...mounts(compose, 'certificates')].find(([, path]) => path === `/certificates/${node}`)?.[0];
  const folder = made && mounts(compose, node).get(made);
  const { EVENTSTORE_CERTIFICATE_FILE, EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE } = environment;
  const expected = {
    EVENTSTORE_INSECURE: 'false',
    EVENTSTORE_CLUSTER_SIZE: '3',
    EVENTSTORE_GOSSIP_SEED: others.join(','),
    EVENTSTORE_NODE_HOST_ADVERTISE_AS: node,
    EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: node,
    EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH: mounts(compose, node).get('trust'),
  };
  return [
    ...Object.entries(expected)
      .filter(([name, value]) => environment[name] !== value)
      .map(([name]) => `${node}: ${name} is ${environment[name]}`),
    ...[EVENTSTORE_CERTIFICATE_FILE, EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE]
      .filter((file = '') => dirname(file) !== folder)
      .map((file) => `${node}: nobody makes ${file}`),
    ...(script.includes(`for node in ${nodes.join(' ')};`) ? [] : [`${node}: has no certificate`]),
    ...(depends_on?.['certificates']?.condition === 'service_completed_successfully'
      ? []
      : [`${node}: does not wait for its certificate`]),
  ];
}

function clientFaults(compose: Compose, app: string): string[] {
  const { EVENTSTORE_URL = '' } = serviceOf(compose, app).environment ?? {};
  const [, credentials, hosts, parameters] = /^esdb:\/\/(.+)@(.+)\?(.+)$/.exec(EVENTSTORE_URL) ?? [];
  const { EVENTSTORE_DEFAULT_ADMIN_PASSWORD } = serviceOf(compose, 'eventstore').environment ?? {};
  const query = new URLSearchParams(parameters);
  return [
    ...(hosts === nodes.map((node) => `${node}:2113`).join(',') ? [] : [`${app}: asks ${hosts}`]),
    ...(credentials === `admin:${EVENTSTORE_DEFAULT_ADMIN_PASSWORD}` ? [] : [`${app}: is let in by nobody`]),
    ...(query.get('tls') === 'true' ? [] : [`${app}: speaks no TLS`]),
    ...(dirname(query.get('tlsCAFile') ?? '') === mounts(compose, app).get('trust')
      ? []
      : [`${app}: trusts nobody`]),
  ];
}

describe('three nodes with TLS', () => {
  it('find and trust each other, and the apps them', () => expect(faults(started(cluster))).toEqual([]));

  it.each([
    [
      'eventstore-2:2113,eventstore-3:2113\n',
      'eventstore-2:2113\n',
      'eventstore: EVENTSTORE_GOSSIP_SEED is eventstore-2:2113',
    ],
    [
      "EVENTSTORE_INSECURE: 'false'",
      "EVENTSTORE_INSECURE: 'true'",
      'eventstore-2: EVENTSTORE_INSECURE is true',
    ],
    [
      'certificate-2:/certificate:ro',
      'certificate-3:/certificate:ro',
      'eventstore-2: nobody makes /certificate/node.crt',
    ],
    ['in eventstore eventstore-2 ', 'in eventstore ', 'eventstore-2: has no certificate'],
    ['service_completed_successfully', 'service_started', 'eventstore: does not wait for its certificate'],
    ['tls=true', 'tls=false', 'relay: speaks no TLS'],
    ["volumes: ['trust:/trust:ro']", 'volumes: []', 'commands: trusts nobody'],
    ['esdb://admin:', 'esdb://ops:', 'queries: is let in by nobody'],
  ])('would not with %s written as %s', (right, wrong, complaint) => {
    expect(cluster).toContain(right);
    expect(faults(started(cluster.replace(right, wrong)))).toContain(complaint);
  });
});
