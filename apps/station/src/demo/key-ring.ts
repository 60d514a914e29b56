import { issueToken, openSigningKey } from '#access';
import type { Player } from './cast.js';

/** Issues each player's token once, signed with the home's key. */
export async function keyRing(home: string, expiresIn: string): Promise<(player: Player) => Promise<string>> {
  const key = await openSigningKey(home);
  const issued = new Map<string, Promise<string>>();
  return (player) => {
    const token = issued.get(player.subject) ?? issueToken(key, player, expiresIn);
    issued.set(player.subject, token);
    return token;
  };
}
