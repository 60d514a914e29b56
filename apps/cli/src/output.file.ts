import { writeFile } from 'node:fs/promises';
import { Failure } from './failure.js';

/** Writes what a command made: to standard output for `-`, else over whatever the file held. Throws {@link Failure}. */
export async function writeOutput(file: string, content: string | Buffer): Promise<void> {
  if (file === '-') {
    process.stdout.write(content);
    return;
  }
  await writeFile(file, content).catch((error: Error) => {
    throw new Failure(
      `Cannot write ${file}: ${error.message}\nName a file in a folder that you may write to.`,
    );
  });
  process.stderr.write(`${file} written\n`);
}
