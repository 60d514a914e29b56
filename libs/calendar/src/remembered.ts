const most = 10_000;

/** A function of one value that remembers its last answers: the same few days and hours are asked for over and over. */
export function remembered<Key, Value>(ask: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const asked = ask(key);
    if (answers.size >= most) answers.clear();
    answers.set(key, asked);
    return asked;
  };
}
