// What node, gRPC, the event store's client and PostgreSQL say when the other side is not there.
const network = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];
const eventStore = ['unavailable', 'deadline-exceeded', 'not-leader', 'timeout'];
const grpcUnavailable = 14;
const postgres = /^(08...|57P0[1-3]|53300)$/;
// db-client and pg throw these without any code.
const codeless = /^(Failed to discover after|Connection terminated|timeout exceeded when trying to connect)/;

/** Whether the event store or the database could not be reached: the same call may succeed later. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (codeless.test(error.message)) return true;
  const { code, type } = error as { code?: unknown; type?: unknown };
  if (code === grpcUnavailable || eventStore.includes(String(type))) return true;
  if (typeof code === 'string' && (network.includes(code) || postgres.test(code))) return true;
  if (error instanceof AggregateError && error.errors.some(isUnreachable)) return true;
  return error.cause !== undefined && isUnreachable(error.cause);
}
