import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../processes/spawned.process.js';
import { type Guard, type More, type Node, brokerProperties, scramLogins } from './broker.properties.js';

const run = promisify(execFile);
const patience = 90_000;

/** One broker, to be broken and mended. */
export type Broker = {
  id: number;
  /** `host:port` for clients; the same after a restart. */
  address: string;
  /** Where its logs lie. */
  data: string;
  /** What it wrote so far. */
  log: () => Promise<string>;
  start: () => Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill: () => Promise<void>;
  /** SIGTERM: hands leadership over and closes its logs. */
  shutDown: () => Promise<void>;
  /** SIGSTOP: its connections stay open and nothing answers. */
  pause: () => Promise<void>;
  resume: () => Promise<void>;
};

export type Launch = {
  node: Node;
  cluster: readonly Node[];
  jars: string;
  watched: number;
  guard?: Guard | undefined;
  more?: More | undefined;
};

/** A formatted broker that does not run yet. It dies with the process `watched`. */
export async function createBroker(launch: Launch, clusterId: string): Promise<Broker> {
  const { node, cluster, jars, guard, more } = launch;
  const file = join(node.folder, 'server.properties');
  await mkdir(node.folder, { recursive: true });
  await writeFile(file, brokerProperties(node, cluster, { guard, more }));
  // With `=`: an id may begin with a dash.
  const format = [
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${clusterId}`,
    '-c',
    file,
    '--ignore-formatted',
    ...(guard ? scramLogins(guard) : []),
  ];
  await run('java', [...quick, '-cp', join(jars, '*'), ...format]);

  const log = () => readFile(join(node.folder, 'broker.log'), 'utf8').catch(() => '');
  const pid = async () => Number(await readFile(join(node.folder, 'pid'), 'utf8'));
  const signal = async (signal: NodeJS.Signals) => void process.kill(await pid(), signal);
  const end = async (by: NodeJS.Signals) => {
    const id = await pid();
    process.kill(id, by);
    await until(() => !isAlive(id), `broker ${node.id} did not end`);
  };
  return {
    id: node.id,
    address: `127.0.0.1:${node.port}`,
    data: join(node.folder, 'data'),
    log,
    start: () => start(launch, file, log),
    kill: () => end('SIGKILL'),
    shutDown: () => end('SIGTERM'),
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  };
}

// A broker of a test lives for seconds: compile little, collect simply.
const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

async function start({ node, jars, watched }: Launch, file: string, log: () => Promise<string>) {
  const before = (await log()).length;
  await rm(join(node.folder, 'pid'), { force: true });
  const logging = `-Dlog4j2.configurationFile=${join(root, 'test/kafka/log4j2.properties')}`;
  const java = ['java', '-Xmx512m', ...quick, logging, '-cp', join(jars, '*'), 'kafka.Kafka', file];
  const keeper = [join(root, 'test/kafka/keeper.sh'), String(watched), node.folder, ...java];
  const kept = spawn('/bin/sh', keeper, { stdio: 'ignore', detached: true });
  let ended = false;
  kept.once('exit', () => (ended = true));
  kept.unref();
  const written = async () => (await log()).slice(before);
  await until(
    async () => {
      if (ended) throw new Error(`broker ${node.id} ended:\n${(await written()).slice(-4_000)}`);
      return (await written()).includes('Kafka Server started');
    },
    `broker ${node.id} did not start`,
    written,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(
  holds: () => boolean | Promise<boolean>,
  otherwise: string,
  said: () => Promise<string> = async () => '',
): Promise<void> {
  for (const late = Date.now() + patience; Date.now() < late; await pause(50)) if (await holds()) return;
  throw new Error(`${otherwise} within ${patience} ms:\n${(await said()).slice(-4_000)}`);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
