const due = new Set<() => void>();

process.on('exit', () => {
  // What was begun last ends first: processes before the folders they write into. One that fails keeps no other from its turn.
  for (const work of [...due].toReversed()) {
    try {
      work();
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
    }
  }
});

/** Does something, all of it at once, when this process ends before it is called off with the function that is returned. */
export function atExit(work: () => void): () => void {
  due.add(work);
  return () => void due.delete(work);
}
