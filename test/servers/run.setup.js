import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Names the run for all its workers: what they share is found under this name, and ends with this process.
export default async function setup() {
  process.env['YIZHAN_TEST_RUN'] = String(process.pid);
  await removeRunFolder();
}

export const removeRunFolder = () =>
  rm(join(tmpdir(), `yizhan-test-run-${process.pid}`), { recursive: true, force: true });
