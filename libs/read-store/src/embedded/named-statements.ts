const parse = 0x50; // 'P'
export const parseComplete = Uint8Array.of(0x31, 0, 0, 0, 4); // '1'

type Named = { name: string; text: string; length: number };

/**
 * The named statements of the one backend session, which all clients share. The first client makes a statement; for the
 * others it is there already, and the backend would refuse to make it again.
 */
export class NamedStatements {
  private readonly texts = new Map<string, string>();

  /** The unit without a Parse that another client's stands for; `undefined` where the backend has to see it. */
  without(unit: Uint8Array): Uint8Array | undefined {
    const made = named(unit);
    return made && this.texts.get(made.name) === made.text ? unit.subarray(made.length) : undefined;
  }

  /** What the backend answered to the unit first: it has the statement when that says so. */
  answered(unit: Uint8Array, answer: Uint8Array): void {
    const made = named(unit);
    if (made && answer[0] === parseComplete[0]) this.texts.set(made.name, made.text);
  }
}

/** The statement that a unit begins with, if it has a name. */
function named(unit: Uint8Array): Named | undefined {
  if (unit[0] !== parse || unit[5] === 0) return undefined;
  const bytes = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
  const name = bytes.indexOf(0, 5);
  const text = bytes.indexOf(0, name + 1);
  const length = 1 + bytes.readUInt32BE(1);
  return { name: bytes.toString('utf8', 5, name), text: bytes.toString('utf8', name + 1, text), length };
}
