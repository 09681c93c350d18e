// The dashboard is a static app: every figure comes from /api/v1 at run time.
export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';
