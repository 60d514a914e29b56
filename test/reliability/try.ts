import { mkdtempSync } from 'node:fs';
import { killRun } from './kill-run.js';
const figures = await killRun({
  points: Number(process.argv[2]),
  seed: Number(process.argv[3] ?? 1),
  home: mkdtempSync('/tmp/kill-'),
  fault: process.argv[4] as never,
  say: console.log,
});
console.log(figures);
