import { registerHooks } from 'node:module';

// Loaded with `--import` before a node of this test's own: puts one file of this folder in the place of the product's log.js.
// The product knows nothing of it and has no switch.
const variant = new URL(`./${process.env['EVENT_LOG_VARIANT']}.log.js`, import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const replaced =
      resolved.url.endsWith('/libs/embedded-event-store/src/log.js') && context.parentURL !== variant;
    return replaced ? { ...resolved, url: variant } : resolved;
  },
});
