import { Gauge } from 'prom-client';
import { metrics } from './metrics.js';

const gauge = (name: string, help: string) =>
  new Gauge({
    name: `yizhan_projection_${name}`,
    help,
    labelNames: ['projection'] as const,
    registers: [metrics],
  });

/** What a projection fed from Kafka goes through beside applying, as of a second ago. */
export const projectionCondition = {
  lagEvents: gauge('lag_events', 'Records that wait for a projection, over all partitions'),
  parked: gauge('parked_records', 'Records that could not be applied, and those behind them'),
  halted: gauge('halted_partitions', 'Partitions of this process that stand still until somebody has looked'),
  gaps: gauge('gaps', 'Records found missing in a partition since the process started'),
  rebalances: gauge('rebalances', 'Assignments of partitions since the process started'),
};
