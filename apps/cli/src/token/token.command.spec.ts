import { Command } from 'commander';
import { roles } from '#access';
import { addTokenCommand, roleNames } from './token.command.js';

describe('yizhan token', () => {
  it('knows every role', () => expect([...roleNames].sort()).toEqual([...roles].sort()));

  it('says how, with an example', () => {
    const program = new Command();
    addTokenCommand(program);
    let help = '';
    program.commands[0]?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain('yizhan token --role volunteer --station YFXJ --name 张连生');
  });
});
