import { type Command, Option } from 'commander';
import type { Role, Scope } from '#access';

/** Known here as well, so that --help loads nothing else; a spec compares them. */
export const roleNames: readonly Role[] = [
  'volunteer',
  'coordinator',
  'supervisor',
  'handler',
  'auditor',
  'analyst',
  'admin',
];

export type TokenOptions = { role: Role; name: string; subject?: string; expires: string } & Scope;

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .summary('print a bearer token')
    .description('Prints a token, alone on its line, signed with the key under YIZHAN_HOME.')
    .addOption(new Option('--role <role>', 'what its holder may do').choices(roleNames).makeOptionMandatory())
    .requiredOption('--name <name>', 'who holds it, as histories will show')
    .option('--subject <id>', 'who holds it, for machines', undefined)
    .option('--station <code>', 'for a volunteer')
    .option('--community <name>', 'for a coordinator')
    .option('--street <name>', 'for a supervisor')
    .option('--district <name>', 'for a supervisor')
    .option('--unit <id>', 'for a handler: the unit it answers for')
    .option('--expires <time>', 'from now: 30m, 8h, 7d', '8h')
    .addHelpText(
      'after',
      `
Examples:
  yizhan token --role volunteer --station YFXJ --name 张连生
  yizhan token --role supervisor --district 和平区 --name 李敏 --expires 7d
  curl -H "Authorization: Bearer $(yizhan token --role auditor --name 审计)" http://127.0.0.1:3000/v1/districts`,
    )
    .action(async (options: TokenOptions) => {
      const { token } = await import('./token.issue.js');
      process.stdout.write(`${await token(options)}\n`);
    });
}
