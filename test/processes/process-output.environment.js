import { TestEnvironment } from 'jest-environment-node';

const most = 8_000; // characters of each process: the end is what matters

/** Prints what the processes of a spec wrote when one of its tests fails: the assertion alone seldom says why. */
export default class ProcessOutput extends TestEnvironment {
  handleTestEvent(event, state) {
    if (event.name !== 'test_fn_failure' && event.name !== 'hook_failure') return;
    const processes = this.global[Symbol.for('yizhan.test.processes')] ?? [];
    const test = state.currentlyRunningTest?.name ?? 'a hook';
    for (const { title, output } of processes) {
      process.stderr.write(`\n--- ${title} while "${test}" failed ---\n${output().slice(-most)}\n`);
    }
  }
}
