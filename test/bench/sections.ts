import type { Section } from './section.js';
import { importing } from './sections/import.js';
import { kafkaRebuild } from './sections/kafka-rebuild.js';
import { embeddedNode } from './sections/node.js';
import { postRequests } from './sections/post-requests.js';
import { reading } from './sections/reading.js';
import { rebuild } from './sections/rebuild.js';
import { relay } from './sections/relay.js';
import { statistics } from './sections/statistics.js';
import { visible } from './sections/visible.js';

/** In the order they run. */
export const sections: readonly Section[] = [
  postRequests,
  embeddedNode,
  importing,
  rebuild,
  reading,
  statistics,
  relay,
  kafkaRebuild,
  visible,
];
