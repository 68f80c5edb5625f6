/** The lines of configuration that the README gives. A test looks for each of them there. */

// undici is CommonJS: in an ES module that esbuild makes, its `require` of Node.js's own modules needs one.
export const ESBUILD_BANNER =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

export const ESBUILD_EXTERNAL = '--external:mixcloud-client/sync';

export const WEBPACK_EXTERNALS = "externals: { 'mixcloud-client/sync': 'commonjs mixcloud-client/sync' }";

/** For rollup and rolldown, and in `ssr` of Vite. */
export const EXTERNAL = "external: ['mixcloud-client/sync']";

export const NEXT_EXTERNAL = "serverExternalPackages: ['mixcloud-client']";

/** For Next.js's standalone output. Turbopack does not trace the worker's dependencies. */
export const NEXT_INCLUDES = `outputFileTracingIncludes: {
    '/*': [
      'mixcloud-client',
      'synckit',
      '@pkgr/core',
      '@dual-bundle/import-meta-resolve',
      'undici',
      'form-data-encoder',
    ].map((name) => \`./node_modules/\${name}/**\`),
  }`;

/** The flags that both clients need under the permission model, by the major version of Node.js. */
export const PERMISSION_FLAGS: Readonly<Record<string, readonly string[]>> = {
  20: ['--experimental-permission', '--allow-fs-read=*'],
  22: ['--permission', '--allow-fs-read=*'],
  24: ['--permission', '--allow-fs-read=*'],
  26: ['--permission', '--allow-fs-read=*', '--allow-net'],
};
