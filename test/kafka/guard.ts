import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Guard } from './broker.properties.js';

const run = promisify(execFile);

/** A certificate of its own for a broker on the loopback, made by the JRE's keytool, and a login. `ca`: PEM, vouches for it. */
export async function makeGuard(folder: string): Promise<Guard & { ca: string }> {
  const [keystore, password, username] = [join(folder, 'broker.p12'), 'not-a-secret', 'yizhan'];
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', password, '-alias', 'broker'];
  const names = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1,dns:localhost'];
  await run('keytool', ['-genkeypair', ...store, '-keyalg', 'EC', '-validity', '2', ...names]);
  const { stdout: ca } = await run('keytool', ['-exportcert', '-rfc', ...store]);
  return { keystore, password, username, ca };
}
