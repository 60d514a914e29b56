import { registerHooks } from 'node:module';

// Preloaded with `--import`: names every module that is loaded in this thread, one a line.
registerHooks({
  load(url, context, next) {
    process.stdout.write(`loaded ${url}\n`);
    return next(url, context);
  },
});
