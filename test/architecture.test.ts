import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isSource, nodesOf, readSources, resolveWithin, type SourceFile } from './support/source-tree.ts';

const sources = readSources();
const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
const within = (folder: string) => sources.filter(({ path }) => folderOf(path) === folder);
/** The package, or the folder of `src` that an import leads to. */
const placeOf = ({ path }: SourceFile, specifier: string) => {
  if (specifier.startsWith('.')) return `src/${folderOf(resolveWithin(path, specifier))}`;
  if (isBuiltin(specifier)) return 'node';
  return specifier.split('/')[0] ?? '';
};
/** Where the files of a folder import from. */
const placesOf = (files: readonly SourceFile[]) =>
  [...new Set(files.flatMap((file) => file.imports.map(({ specifier }) => placeOf(file, specifier))))].sort();

/** Files that lead back to themselves. */
function onCycles(files: readonly SourceFile[], types: boolean): string[] {
  const next = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && (types || !typeOnly))
        .map(({ specifier }) => resolveWithin(path, specifier)),
    ]),
  );
  const reached = (start: string) => {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (!seen.has(path)) open.push(...(next.get(path) ?? []));
      seen.add(path);
    }
    return seen;
  };
  return files.map(({ path }) => path).filter((path) => reached(path).has(path));
}

describe('what the test reads', () => {
  it('is all of src, and imports in every form', () => {
    expect(sources.length).toBeGreaterThan(50);
    const importsOf = (wanted: string) =>
      sources.find(({ path }) => path === wanted)?.imports.map(({ specifier }) => specifier) ?? [];
    expect(importsOf('index.ts')).toContain('./shared/errors.ts');
    expect(importsOf('async/pool.ts')).toEqual(expect.arrayContaining(['undici', 'undici/lib/dispatcher/agent.js']));
    expect(importsOf('sync/bridge.ts').filter((specifier) => specifier === 'synckit')).toHaveLength(2);
  });

  it('tells a cycle', () => {
    const file = (path: string, specifier: string, typeOnly = false) =>
      ({ path, imports: [{ specifier, typeOnly, names: [] }] }) as unknown as SourceFile;
    const files = [file('a.ts', './b.ts'), file('b.ts', './a.ts', true), file('c.ts', './a.ts')];
    expect(onCycles(files, true)).toEqual(['a.ts', 'b.ts']);
    expect(onCycles(files, false)).toEqual([]);
  });
});

describe('imports', () => {
  it('all lead to a file of src, a dependency or Node.js', () => {
    for (const file of sources) {
      for (const { specifier } of file.imports) {
        const found = specifier.startsWith('.')
          ? specifier.endsWith('.ts') && isSource(resolveWithin(file.path, specifier))
          : specifier.startsWith('node:')
            ? isBuiltin(specifier)
            : Object.hasOwn(dependencies, placeOf(file, specifier));
        expect(found, `${file.path} imports ${specifier}`).toBe(true);
      }
    }
  });

  it('of src/shared are luxon, itself, and of Node.js what does no I/O', () => {
    expect(placesOf(within('shared'))).toEqual(['luxon', 'node', 'src/shared']);
    const ofNode = within('shared').flatMap(({ imports }) => imports.filter(({ specifier }) => isBuiltin(specifier)));
    expect(ofNode).toEqual([{ specifier: 'node:url', typeOnly: false, names: ['fileURLToPath'] }]);
  });

  it('of src/async are src/shared, itself, undici, form-data-encoder and Node.js', () => {
    expect(placesOf(within('async'))).toEqual(['form-data-encoder', 'node', 'src/async', 'src/shared', 'undici']);
  });

  it('of src/sync are src/shared, itself, synckit and Node.js; only its worker imports src/async', () => {
    const isWorker = ({ path }: SourceFile) => path === 'sync/worker.ts';
    const others = within('sync').filter((file) => !isWorker(file));
    expect(placesOf(others)).toEqual(['node', 'src/shared', 'src/sync', 'synckit']);
    expect(placesOf(within('sync').filter(isWorker))).toEqual([
      'node',
      'src/async',
      'src/shared',
      'src/sync',
      'synckit',
    ]);
  });

  it('of the entries are the folders that they are for', () => {
    expect(placesOf(within(''))).toEqual(['src/async', 'src/shared']);
    expect(within('').map(({ path }) => path)).toEqual(['index.ts']);
  });

  it('make no cycle, neither in src/shared with its types nor anywhere at run time', () => {
    expect(onCycles(within('shared'), true)).toEqual([]);
    expect(onCycles(sources, false)).toEqual([]);
  });

  it('make a cycle of types only where a mode and its classes name each other', () => {
    expect(onCycles(sources, true)).toEqual([
      'async/mode.ts',
      'async/resource-list.ts',
      'async/resource.ts',
      'sync/mode.ts',
      'sync/resource-list-sync.ts',
      'sync/resource-sync.ts',
    ]);
  });
});

describe('src/shared', () => {
  const foreign = /^(?:async|await|\w*Promise\w*|Async\w+|set(?:Timeout|Interval|Immediate)|queueMicrotask|Worker)$/;
  const foreignIn = (folder: string) =>
    within(folder).flatMap(({ path, tree }) =>
      [...nodesOf(tree)]
        .filter((node) => node.getChildCount() === 0 && foreign.test(node.getText()))
        .map((node) => `${path}: ${node.getText()}`),
    );

  it('knows nothing of promises, of timers or of threads', () => {
    expect(foreignIn('shared')).toEqual([]);
    expect(foreignIn('async')).toEqual(expect.arrayContaining(['async/drive.ts: async', 'async/drive.ts: Promise']));
  });
});

describe('src/sync', () => {
  const ENDPOINTS = [
    ...[
      'popular',
      'hot',
      'new',
      'search',
      'upload',
      'edit',
      'follow',
      'favorite',
      'repost',
      'listen',
      'embed',
      'oembed',
    ],
    ...['genres', 'discover', 'me', 'access_token', 'client_secret', 'metadata', 'limit', 'offset', 'since', 'until'],
  ];
  const texts = within('sync').flatMap(({ path, tree, imports }) =>
    [...nodesOf(tree)]
      .filter(
        (node) => ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node),
      )
      .map((node) => ({ path, text: (node as ts.LiteralLikeNode).text }))
      .filter(({ text }) => !imports.some(({ specifier }) => specifier === text)),
  );

  it.each(ENDPOINTS)('names no endpoint or parameter: %s', (endpoint) => {
    const whole = new RegExp(`(?:^|[/?&])${endpoint}(?:$|[-/=&])`);
    expect(texts.filter(({ text }) => whole.test(text))).toEqual([]);
  });

  it('names no URL', () => {
    expect(texts.length).toBeGreaterThan(10);
    const slashed = texts.filter(({ text }) => /^\/|\/$|:\/\/|\w\/\w/.test(text));
    expect(slashed).toEqual([]);
  });
});

describe('every file', () => {
  it('is short', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    expect(lengths.filter(({ lines }) => lines > 250).length).toBeLessThan(sources.length / 10);
  });

  it('has types: `any` stands only for data of the API', () => {
    const counts = sources.map(({ path, tree }) => {
      const found = [...nodesOf(tree)].filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword);
      return [path, found.length] as const;
    });
    expect(Object.fromEntries(counts.filter(([, count]) => count > 0))).toEqual({
      'shared/access-dict.ts': 2,
      'shared/access-list.ts': 1,
      'shared/fields.ts': 1,
      'shared/resource-list.ts': 1,
    });
  });

  it('called index.ts is nothing but named re-exports', () => {
    const entries = sources.filter(({ path }) => /(?:^|\/)index\.ts$/.test(path));
    expect(entries.map(({ path }) => path)).toEqual(['index.ts', 'sync/index.ts']);
    for (const { path, tree } of entries) {
      for (const statement of tree.statements) {
        const named =
          ts.isExportDeclaration(statement) &&
          statement.moduleSpecifier !== undefined &&
          statement.exportClause !== undefined &&
          ts.isNamedExports(statement.exportClause);
        expect(named, `${path}: ${statement.getText()}`).toBe(true);
      }
    }
  });
});
