/** Conditions of a statement and their values, in step with each other. Columns are trusted, values never are. */
export class Conditions {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  /** Adds `sql(placeholder)`; nothing when the value is undefined. */
  and(value: unknown, sql: (placeholder: string) => string): this {
    if (value === undefined) return this;
    this.parts.push(sql(this.value(value)));
    return this;
  }

  /** Adds `column = value`; nothing when the value is undefined. */
  equal(column: string, value: unknown): this {
    return this.and(value, (placeholder) => `${column} = ${placeholder}`);
  }

  /** A placeholder for a value. */
  value(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get where(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`;
  }
}

/** The text as a pattern for `like`: found anywhere, its own wildcards taken as characters. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
