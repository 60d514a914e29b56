export { projectionCondition } from './projection-condition.js';
export { correlated, correlationHeader, correlationId } from './correlation.js';
export { NotReady, READINESS, type ReadinessCheck } from './health.controller.js';
export { bodyLimit, httpAdapter } from './http-adapter.js';
export { createLogger, type LogLevel, logLevels } from './logger.js';
export { appends, httpRequests, metrics, projectionLagSeconds, projectionPosition } from './metrics.js';
export { ObservabilityModule } from './observability.module.js';
export { traceparentOf } from './traceparent.js';
