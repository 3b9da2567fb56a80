/** What the build writes to dist/templates.js: precompiled template functions by "<target>/<name>". */
declare module '#templates' {
  export const templates: Readonly<Record<string, unknown>>;
}
