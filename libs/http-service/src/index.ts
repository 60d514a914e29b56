export { describeApi } from './documentation.js';
export { type Running, run } from './run.js';
export { type Service, type ServiceOptions, serve } from './serve.js';
