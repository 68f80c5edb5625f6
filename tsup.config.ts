import { writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import ts from 'typescript';

/**
 * CommonJS has other words for some things. A native `import()` fails wherever scripts run in a `vm` context, as in Jest, and
 * starts the loader of ES modules. The bundler's own substitute for `import.meta.url` asks for `document`, which a jsdom
 * environment has. The paths stay literal, since bundlers and tracers follow them.
 */
function toCommonJs(code: string): string {
  const load =
    'Promise.resolve().then(() => { const exported = require($1); return { ...exported, default: exported }; })';
  return code
    .replaceAll(/\bimport\(("[^"]+")\)/g, load)
    .replaceAll('import.meta.url', 'require("node:url").pathToFileURL(__filename).href')
    .replaceAll('import.meta.resolve', 'require.resolve');
}

/** Comments are for those who read `src` and, in the declarations, for editors; in the programs they are bytes to fetch. */
function withoutComments(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

const plugin: NonNullable<Options['plugins']>[number] = {
  name: 'mixcloud-client',
  renderChunk(code) {
    // Not minified: Node.js prints the line that threw, and people step through it.
    const text = withoutComments(code);
    return { code: this.format === 'cjs' ? toCommonJs(text) : text };
  },
};

/** The emulator's thread is read by nobody and debugged from `src`. A small one keeps the package small. */
const minified: NonNullable<Options['plugins']>[number] = {
  name: 'minified',
  renderChunk(code) {
    return { code: transformSync(toCommonJs(withoutComments(code)), { minify: true, keepNames: true }).code };
  },
};

const shared: Options = {
  target: 'node20.18',
  platform: 'node',
  splitting: true,
  treeshake: true,
  plugins: [plugin],
};

const entries = { index: 'src/index.ts', sync: 'src/sync/index.ts' };
// One worker serves both formats; CommonJS loads faster. It shares the code that sends requests with the asynchronous client.
const worker = { 'mixcloud-client-worker': 'src/sync/worker/worker.ts' };
const testing = { testing: 'src/testing/index.ts' };

const withDeclarations = !process.argv.includes('--no-dts');

/** Once for both formats, see `writeModuleDeclarations`. */
const declarations: Options = {
  ...shared,
  entry: { ...entries, ...testing },
  format: ['cjs'],
  dts: { only: true, compilerOptions: { stripInternal: true } },
};

/**
 * The declarations of the ES modules lead to those of CommonJS: an ES module may import CommonJS, but not the reverse. Nothing
 * is declared twice, and a program that uses both formats has one type of each name.
 */
function writeModuleDeclarations(): void {
  if (!withDeclarations) return;
  for (const name of Object.keys({ ...entries, ...testing })) {
    writeFileSync(`dist/${name}.d.ts`, `export * from './${name}.cjs';\n`);
  }
}

export default defineConfig([
  {
    ...shared,
    entry: { ...entries, ...worker },
    format: ['cjs'],
    onSuccess: async () => writeModuleDeclarations(),
  },
  {
    ...shared,
    entry: entries,
    format: ['esm'],
  },
  // With `--no-dts`, tsup would write programs in their place, over those of the first build.
  ...(withDeclarations ? [declarations] : []),
  {
    ...shared,
    // Apart, so that the entries above share no file with it.
    entry: testing,
    format: ['esm'],
    splitting: false,
  },
  {
    ...shared,
    // The command starts an emulator as `testing` does, and shares its files.
    entry: { ...testing, 'mixcloud-emulator': 'src/testing/command/main.ts' },
    format: ['cjs'],
  },
  {
    ...shared,
    entry: { emulator: 'src/testing/control/thread.ts' },
    format: ['cjs'],
    splitting: false,
    plugins: [minified],
  },
]);
