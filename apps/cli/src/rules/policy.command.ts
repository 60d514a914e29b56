import type { Command } from 'commander';
import type { Session } from '../session/session.js';
import type { Rules } from './rules.js';

type Policies = {
  on: string;
  inForce: { name: string; policy: object };
  versions: { version: number; from: string }[];
};

const address = (code: string): string => `/v1/districts/${encodeURIComponent(code)}/policies`;

const rules: Rules = {
  address,
  present: async (api, code) => (await api<Policies>('GET', address(code))).inForce.policy,
};

export function addPolicyCommand(program: Command, session: (command: string) => Session): void {
  const policy = program
    .command('policy')
    .summary('what requests are held to: show it, publish the next version')
    .description(
      'Urgency classes and their limits, escalation, weights of the rates, who approves what. Under `rates`, `units` lists those with rows of their own, `exclusions` the categories that are left out.',
    );
  policy
    .command('show')
    .summary('the policy in force, as YAML')
    .description('What holds for a district now or at --at. The output can be edited and published.')
    .argument('[district]', 'its name; `default`: what holds where a district has none of its own', 'default')
    .option('--at <time>', 'with its zone, e.g. 2027-01-01T00:00:00+08:00')
    .action(async (district: string, { at }: { at?: string }) => {
      const { shown } = await import('./rules.js');
      const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
      const asked = session(`policy show ${district}`);
      let head = '';
      const text = await shown<Policies>(asked, address(district) + query, ({ on, inForce, versions }) => {
        head = [`# ${inForce.name}, in force on ${on}`, ...versions.map(line), ''].join('\n');
        return inForce.policy;
      });
      process.stdout.write(head + text);
    });
  policy
    .command('publish')
    .summary('publish the next version')
    .description('Checks the file, says what becomes different from the version in force, and publishes it.')
    .argument(
      '<file>',
      'YAML as `policy show` prints it, with `from: <day>`: the first day on which it holds',
    )
    .option('--district <name>', 'whose; for all districts without their own when absent', 'default')
    .option('--dry-run', 'only say what would come of it')
    .addHelpText(
      'after',
      `
Examples:
  yizhan policy show 和平区 > policy.yaml          # then edit it, and add: from: 2027-01-01
  yizhan policy publish policy.yaml --district 和平区 --dry-run`,
    )
    .action(async (file: string, { district, dryRun = false }: { district: string; dryRun?: boolean }) => {
      const { publish } = await import('./rules.js');
      const lines = await publish(session('policy publish'), rules, file, district, dryRun);
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

const line = ({ version, from }: Policies['versions'][number]): string =>
  `# version ${version} holds from ${from}`;
