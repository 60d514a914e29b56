import { readFile } from 'node:fs/promises';
import { LineCounter, type Document, isNode, parseDocument } from 'yaml';
import { Failure } from '../failure.js';
import { Refused } from '../session/api.js';

/** A YAML file that is sent as a body; what is wrong with the body is said of the file's lines. */
export class RulesFile {
  private constructor(
    private readonly path: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** Throws {@link Failure} where it cannot be read, or is no YAML. */
  static async read(path: string): Promise<RulesFile> {
    const text = await readFile(path, 'utf8').catch((error: Error) => {
      throw new Failure(`${path} cannot be read: ${error.message}`, 2);
    });
    const lines = new LineCounter();
    // Days stay text: a timestamp would be a moment in UTC.
    const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
    const file = new RulesFile(path, document, lines);
    const [wrong] = document.errors;
    if (wrong) throw new Failure(`${path}:${lines.linePos(wrong.pos[0]).line}: ${wrong.message}`, 2);
    return file;
  }

  /** Throws {@link Failure} where it is no mapping. */
  get body(): Record<string, unknown> {
    const body: unknown = this.document.toJS();
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
    throw new Failure(`${this.path}: is no mapping of fields to values`, 2);
  }

  /** The refusal with the line of each field; anything else as it is. */
  explained(error: unknown): unknown {
    if (!(error instanceof Refused) || error.errors.length === 0) return error;
    const said = error.errors.map(
      ({ field, message }) => `${this.path}:${this.lineOf(field.split('.'))}: ${field}: ${message}`,
    );
    return new Failure(said.join('\n'), 2);
  }

  // A field that is missing is missing where its parent stands.
  private lineOf(path: string[]): number {
    if (path.length === 0) return 1;
    const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const node = this.document.getIn(steps, true);
    if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    return this.lineOf(path.slice(0, -1));
  }
}
