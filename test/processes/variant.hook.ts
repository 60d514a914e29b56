import { registerHooks } from 'node:module';

// Loaded with `--import` before a process of a test's own: puts the module at VARIANT (a URL) in the place of the product's VARIANT_OF (how
// its URL ends). The product knows nothing of it and has no switch.
const [variant, place] = [process.env['VARIANT'] ?? '', process.env['VARIANT_OF'] ?? ''];

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const replaced = resolved.url.endsWith(place) && context.parentURL !== variant;
    return replaced ? { ...resolved, url: variant } : resolved;
  },
});
