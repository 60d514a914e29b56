/** Injection token: where everybody finds the API and its schemas, e.g. `https://yizhan.example`. */
export const PUBLIC_URL = Symbol('PUBLIC_URL');

/** Injection token of the bytes that cursors are sealed with; all processes behind one address need the same. */
export const CURSOR_SECRET = Symbol('CURSOR_SECRET');
