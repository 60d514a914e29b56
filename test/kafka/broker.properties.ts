export type Node = { id: number; port: number; controllerPort: number; folder: string };

/** TLS for its clients, and who may log in. */
export type Guard = { keystore: string; password: string; username: string };

/** What a broker is told beyond that, or otherwise. */
export type More = (node: Node) => Record<string, string>;

/** server.properties of one combined node (broker and controller) of a KRaft cluster on the loopback. */
export function brokerProperties(
  node: Node,
  cluster: readonly Node[],
  { guard, more }: { guard?: Guard | undefined; more?: More | undefined } = {},
): string {
  const replicas = cluster.length;
  const name = guard ? 'SASL_SSL' : 'PLAINTEXT';
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': cluster.map((one) => `${one.id}@127.0.0.1:${one.controllerPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: `${name}://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `${name}://127.0.0.1:${node.port}`,
    'listener.security.protocol.map': `${name}:${name},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': name,
    'log.dirs': `${node.folder}/data`,
    'default.replication.factor': replicas,
    'min.insync.replicas': replicas > 1 ? 2 : 1,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': replicas > 1 ? 2 : 1,
    'transaction.state.log.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'auto.create.topics.enable': false,
    'log.cleaner.dedupe.buffer.size': 8_388_608, // the default is 128 MB of heap
    // A dead broker is noticed after three seconds instead of nine.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    ...(guard && guarded(guard)),
    ...more?.(node),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

const guarded = ({ keystore, password, username }: Guard) => ({
  'ssl.keystore.type': 'PKCS12',
  'ssl.keystore.location': keystore,
  'ssl.keystore.password': password,
  'ssl.truststore.type': 'PKCS12',
  'ssl.truststore.location': keystore,
  'ssl.truststore.password': password,
  'sasl.enabled.mechanisms': ['PLAIN', ...scramMechanisms].join(','),
  'sasl.mechanism.inter.broker.protocol': 'PLAIN',
  'listener.name.sasl_ssl.plain.sasl.jaas.config':
    'org.apache.kafka.common.security.plain.PlainLoginModule required ' +
    `username="${username}" password="${password}" user_${username}="${password}";`,
  ...Object.fromEntries(
    scramMechanisms.map((mechanism) => [
      `listener.name.sasl_ssl.${mechanism.toLowerCase()}.sasl.jaas.config`,
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    ]),
  ),
});

const scramMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];

/** Who may log in by SCRAM is no setting: it is written into the cluster's metadata when they are formatted. */
export const scramLogins = ({ username, password }: Guard): string[] =>
  scramMechanisms.map((mechanism) => `--add-scram=${mechanism}=[name=${username},password=${password}]`);
