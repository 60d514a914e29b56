import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withRequestTable } from '../../libs/requests/src/request.table.js';
import { root } from '../processes/spawned.process.js';

// `npm run docs`: the README's table of states × commands, from the decider.
const readme = join(root, 'README.md');
await writeFile(readme, withRequestTable(await readFile(readme, 'utf8')));
