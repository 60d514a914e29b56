export type WorkerMessage = { kind: 'started'; connectionString: string } | { kind: 'log'; text: string };
