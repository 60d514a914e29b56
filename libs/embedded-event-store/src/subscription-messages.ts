import { randomUUID } from 'node:crypto';
import { streams } from './protocol.js';

export const CAUGHT_UP = new streams.ReadResp()
  .setCaughtUp(new streams.ReadResp.CaughtUp())
  .serializeBinary();

export function confirmation(): Uint8Array {
  const content = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
  return new streams.ReadResp().setConfirmation(content).serializeBinary();
}

export function checkpoint(position: number): Uint8Array {
  const at = String(position);
  const content = new streams.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at);
  return new streams.ReadResp().setCheckpoint(content).serializeBinary();
}
