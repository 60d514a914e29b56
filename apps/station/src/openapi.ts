import { describeApi } from '#http-service';
import { api } from './api.js';

// Commands and queries describe themselves, each at its own /openapi.json. Whoever stands before both shows this one.
const document = await describeApi([...api.commands, ...api.queries]);
process.stdout.write(`${JSON.stringify(document)}\n`);
