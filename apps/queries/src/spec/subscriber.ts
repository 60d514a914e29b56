export type Message = { id: string; event: string; data: any }; // oxlint-disable-line typescript/no-explicit-any

/**
 * Server-sent events as the HTML Living Standard (9.2.6) reads them: an id counts even where no data comes with it, and
 * what has no data is no message.
 */
export class Subscriber {
  readonly messages: Message[] = [];
  readonly comments: string[] = [];
  lastEventId = '';
  /** Resolves with the error, if one, when the connection has ended. */
  readonly ended: Promise<Error | undefined>;
  private wake: () => void = () => {};

  private constructor(
    readonly status: number,
    readonly headers: Headers,
    body: ReadableStream<Uint8Array>,
    private readonly leaving: AbortController,
  ) {
    this.ended = this.read(body).then(
      () => undefined,
      (error: Error) => error,
    );
  }

  /** Rejects with the problem where the stream is refused. */
  static async connect(url: string, headers: Record<string, string>): Promise<Subscriber> {
    const leaving = new AbortController();
    const answer = await fetch(url, { headers, signal: leaving.signal });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`);
    return new Subscriber(answer.status, answer.headers, answer.body, leaving);
  }

  /** The first so many messages, once they are there. */
  async first(count: number): Promise<Message[]> {
    await this.until(() => this.messages.length >= count);
    return this.messages.slice(0, count);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  async leave(): Promise<void> {
    this.leaving.abort();
    await this.ended;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      blocks.forEach((block) => this.take(block));
      this.wake();
    }
  }

  private take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
      if (name === '') this.comments.push(value);
      fields.set(name, value);
    }
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    const data = fields.get('data');
    if (data === undefined) return;
    this.messages.push({ id: this.lastEventId, event: fields.get('event') ?? '', data: JSON.parse(data) });
  }
}
