import { randomUUID } from 'node:crypto';
import { jsonEvent } from '@eventstore/db-client';
import { stations } from '../synthetic/stations.js';
import { syntheticRequest } from '../synthetic/synthetic.request.js';

const [station] = stations;
if (!station) throw new Error('there are stations');
const [sample] = syntheticRequest(1, station, Date.UTC(2026, 0, 1)).events;
if (!sample) throw new Error('a request has events');
const { type, data, metadata } = sample;

/** A logged request of some 700 bytes with its metadata, each time with another id. */
export const sampleEvent = () => jsonEvent({ id: randomUUID(), type, data: { ...data }, metadata });
