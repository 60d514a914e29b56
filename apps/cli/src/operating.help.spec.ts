import { Command } from 'commander';
import { addBackupCommand } from './backup/backup.command.js';
import { addCopyEventsCommand } from './copy-events/copy-events.command.js';
import { addRestoreCommand } from './restore/restore.command.js';
import { addVerifyCommand } from './verify/verify.command.js';

const session = (command: string) => ({ command, environment: {}, signal: new AbortController().signal });

describe('the help of a command', () => {
  it.each([
    ['backup', addBackupCommand, ['yizhan backup --force /mnt/usb/yizhan.db', 'signing key']],
    ['restore', addRestoreCommand, ['YIZHAN_HOME=./restored yizhan restore', 'A home that has events']],
    ['verify', addVerifyCommand, ['yizhan verify --file /backup/', 'Exit codes: 0 sound, 1 damaged']],
    ['copy-events', addCopyEventsCommand, ['--to home', 'recordedAt', 'start with EVENTSTORE_URL']],
  ] as const)('yizhan %s says how, with examples, and what it leaves out', (name, add, sayings) => {
    const program = new Command();
    add(program, session);
    let help = '';
    const [command] = program.commands;
    command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(command?.name()).toBe(name);
    for (const saying of sayings) expect(help.replaceAll(/\s+/g, ' ')).toContain(saying);
  });
});
