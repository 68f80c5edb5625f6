import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { isSource, nodesOf, readSources, resolveWithin, type SourceFile } from './support/source-tree.ts';

const sources = readSources();
const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Folders that files may be in, and what each may import. The order is that of the layers, from the top. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'shared/client': ['shared/models', 'shared/operations', 'shared/input', 'shared/protocol', 'shared/base'],
  'shared/models': ['shared/operations', 'shared/input', 'shared/protocol', 'shared/base', 'luxon'],
  'shared/operations': ['shared/input', 'shared/protocol', 'shared/base'],
  'shared/input': ['shared/protocol', 'shared/base', 'luxon', 'node:url'],
  'shared/protocol': ['shared/base'],
  'shared/base': [],
  'async/transport': ['shared/protocol', 'shared/base', 'undici', 'form-data-encoder', 'node'],
  async: ['async/transport', 'shared', 'node'],
  'sync/worker': ['shared/protocol', 'shared/base', 'synckit', 'node'],
  sync: ['sync/worker', 'shared', 'node'],
  // The emulator. Only its handles run on the caller's thread, and the others take nothing but types from them.
  'testing/command': ['testing/handles', 'node'],
  'testing/control': ['testing/api', 'testing/faults', 'testing/server', 'testing/world', 'testing/handles', 'node'],
  'testing/api': [...['testing/faults', 'testing/server', 'testing/world', 'testing/handles', 'shared/base', 'node']],
  'testing/faults': ['testing/server', 'testing/world', 'testing/handles', 'shared/base', 'node'],
  'testing/server': ['testing/handles', 'sync/worker', '@fastify/busboy', 'node'],
  'testing/world': ['testing/handles'],
  'testing/handles': ['sync/worker', 'shared/base', 'node'],
  testing: ['testing/handles'],
  // The entry of the asynchronous client. That of the blocking one is sync/index.ts.
  '': ['async', 'shared'],
};

/** Files that may import what the others of their folder may not. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'sync/worker/worker.ts': ['async/transport'],
};

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const within = (folder: string) =>
  sources.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`) || folderOf(path) === folder);
/** The package, the folder of `src`, or the part of Node.js that an import leads to. */
const placeOf = ({ path }: SourceFile, specifier: string) => {
  if (specifier.startsWith('.')) return folderOf(resolveWithin(path, specifier));
  if (specifier.startsWith('node:')) return specifier;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
};
const isAllowed = (place: string, allowed: readonly string[]) =>
  allowed.some((folder) => place === folder || place.startsWith(`${folder}/`) || place.startsWith(`${folder}:`));

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
    expect(importsOf('index.ts')).toContain('./shared/protocol/errors.ts');
    expect(importsOf('async/transport/undici.ts')).toEqual(
      expect.arrayContaining(['undici', 'undici/lib/dispatcher/pool.js']),
    );
    const ofSynckit = sources.flatMap(({ imports }) => imports.filter(({ specifier }) => specifier === 'synckit'));
    expect(ofSynckit.length).toBeGreaterThan(1);
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

  it.each(Object.keys(ROOMS))('of src/%s are those that its layer may import', (room) => {
    const files = sources.filter(({ path }) => folderOf(path) === room);
    expect(files.length, 'files in the folder').toBeGreaterThan(0);
    const wrong = files.flatMap((file) => {
      const allowed = [room, ...(ROOMS[room] ?? []), ...(EXCEPTIONS[file.path] ?? [])];
      return file.imports
        .filter(({ specifier }) => !isAllowed(placeOf(file, specifier), allowed))
        .map(({ specifier }) => `${file.path} imports ${specifier}`);
    });
    expect(wrong).toEqual([]);
  });

  it('of the emulator are made by the emulator only', () => {
    const others = sources.filter(({ path }) => !path.startsWith('testing/'));
    const found = others.flatMap((file) => file.imports.filter(({ specifier }) => /testing/.test(specifier)));
    expect(others.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });

  it('of the emulator from what runs on the caller’s thread are types, and from synckit.ts the path of a module', () => {
    const wrong = within('testing').flatMap((file) =>
      file.imports
        .map((imported) => ({ ...imported, place: placeOf(file, imported.specifier) }))
        .filter(({ place, typeOnly, names, specifier }) => {
          if (place === 'sync/worker') return !specifier.endsWith('/synckit.ts') || names.join() !== 'getModulePath';
          const crosses = place === 'testing/handles' && !/^testing\/(?:handles|command|index\.ts)/.test(file.path);
          return crosses && !typeOnly;
        })
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are made by files in known folders only', () => {
    expect(sources.map(({ path }) => folderOf(path)).filter((folder) => !Object.hasOwn(ROOMS, folder))).toEqual([]);
  });

  it.each(Object.keys(ROOMS).filter(Boolean))('are explained by the README of src/%s', (room) => {
    const page = readFileSync(new URL(`../src/${room}/README.md`, import.meta.url), 'utf8');
    expect(page).toMatch(/must not|It imports nothing|names no/);
  });

  it('of src/shared from Node.js are one function without I/O', () => {
    const ofNode = within('shared').flatMap(({ imports }) => imports.filter(({ specifier }) => isBuiltin(specifier)));
    expect(ofNode).toEqual([{ specifier: 'node:url', typeOnly: false, names: ['fileURLToPath'] }]);
  });

  it('make no cycle between folders, types included', () => {
    const folders = Object.keys(ROOMS).map((room) => {
      const files = sources.filter(({ path }) => folderOf(path) === room);
      const imports = files.flatMap((file) =>
        file.imports
          .filter(({ specifier }) => specifier.startsWith('.') && placeOf(file, specifier) !== room)
          .map((imported) => ({ ...imported, specifier: `./${placeOf(file, imported.specifier)}` })),
      );
      return { path: room, imports } as unknown as SourceFile;
    });
    // Their paths stand side by side, so that a relative import names one of them.
    const flat = (path: string) => path.replaceAll('/', '-');
    const aside = folders.map(({ path, imports }) => ({
      path: flat(path),
      imports: imports.map((one) => ({ ...one, specifier: `./${flat(one.specifier.slice(2))}` })),
    }));
    expect(onCycles(aside as unknown as SourceFile[], true)).toEqual([]);
  });

  it('make no cycle, neither in src/shared with its types nor anywhere at run time', () => {
    expect(onCycles(within('shared'), true)).toEqual([]);
    expect(onCycles(sources, false)).toEqual([]);
  });

  it('make a cycle of types only where a mode and its classes name each other', () => {
    expect(onCycles(sources, true)).toEqual([
      'async/mixcloud.ts',
      'async/mode.ts',
      'async/resource-list.ts',
      'async/resource.ts',
      'sync/mixcloud-sync.ts',
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
    // The package's own files and entries are no URLs.
    const others = texts.map(({ path, text }) => ({ path, text: text.replaceAll(/mixcloud-client\/\w+/g, '') }));
    const slashed = others.filter(({ text }) => /^\/|\/$|:\/\/|\w\/\w/.test(text));
    expect(slashed).toEqual([]);
  });
});

describe('every file', () => {
  it('is short', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    expect(lengths.filter(({ lines }) => lines > 200).length).toBeLessThan(sources.length / 8);
  });

  it('has types: `any` stands only for data of the API', () => {
    const counts = sources.map(({ path, tree }) => {
      const found = [...nodesOf(tree)].filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword);
      return [path, found.length] as const;
    });
    expect(Object.fromEntries(counts.filter(([, count]) => count > 0))).toEqual({
      'shared/models/access-dict.ts': 4,
      'shared/models/access-list.ts': 2,
      'shared/models/error-response.ts': 1,
      'shared/models/resource-list.ts': 2,
    });
  });

  it('called index.ts is nothing but named re-exports', () => {
    const entries = sources.filter(({ path }) => /(?:^|\/)index\.ts$/.test(path));
    expect(entries.map(({ path }) => path)).toEqual(['index.ts', 'sync/index.ts', 'testing/index.ts']);
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

describe('names', () => {
  // Words that only their authors could read; each has a usual one in its place.
  const RETIRED = new Set(
    `Request Answer Reply Step Walk WalkStep walk perform give advance complete atCaller interpret Reading Context
    Runner Models modelsOf before other absorb keeps Clock Ending Control CallControl ExchangeHandler RawAnswer exchange
    Exchange Bridge bridge Ticket ticket parcel SLICE MISSES Told told Message Response later ours repeatable isPassing
    isPrivate given set AccessDictBase AccessListBase Got Found Outcome outcome Display Settings OtherFields CommonFields
    ErrorFacts Paging Section OAuthSettings ReadSettings readSettings`.split(/\s+/),
  );
  const PATTERN = /^(?:plan[A-Z]|refuse|atCaller|(?:MOST|LONGEST|SHORTEST|DEEPEST)_|.*_?(?:SLICE|MISSES)(?:_|$))/;
  /** Functions called `…Of`, and `read…` for anything but I/O. */
  const isRetiredFunction = (path: string, name: string) =>
    /[a-z]Of$/.test(name) || (/^read[A-Z]/.test(name) && !path.startsWith('async/transport/'));

  const isFunction = (node: ts.Node) =>
    ts.isFunctionLike(node) ||
    (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isFunctionLike(node.initializer));

  /** What a file declares, less what must be called so: traps of a proxy, and the words of other people's interfaces. */
  const declared = ({ path, tree }: SourceFile) =>
    [...nodesOf(tree)].flatMap((node) => {
      const { name } = node as { readonly name?: ts.Node };
      if (name === undefined || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return [];
      if (ts.isPropertyAccessExpression(node) || ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) return [];
      if (ts.isPropertyAssignment(node) && name.text === 'set') return [];
      return [{ path, name: name.text.replace(/^#/, ''), isFunction: isFunction(node) }];
    });
  const isRetired = ({ path, name, isFunction }: { path: string; name: string; isFunction: boolean }) =>
    RETIRED.has(name) || PATTERN.test(name) || (isFunction && isRetiredFunction(path, name));

  it('in src are the usual ones', () => {
    const names = sources.flatMap(declared);
    expect(names.length).toBeGreaterThan(1000);
    expect(names.filter(isRetired)).toEqual([]);
  });

  it('of files in src are the usual ones', () => {
    const files = sources.map(({ path }) => path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, ''));
    const retired =
      /^(?:plan|walk|parcel|context|runner|exchange|loading|control|list-view|display|bridge|clock|interpret|settings|source-file|file-source|exchange-handler|protocol|models|operations)$/;
    expect(files.filter((name) => retired.test(name))).toEqual([]);
  });

  it('that are retired would be noticed', () => {
    const tree = ts.createSourceFile(
      'x.ts',
      'const { given } = x; class Bridge { #later = 1 } function keyOf() {} const MOST_TRIES = 1; interface A { ours: 1 }',
      ts.ScriptTarget.Latest,
      true,
    );
    const found = declared({ path: 'shared/x.ts', tree } as unknown as SourceFile).filter(isRetired);
    expect(found.map(({ name }) => name)).toEqual(['given', 'Bridge', 'later', 'keyOf', 'MOST_TRIES', 'ours']);
  });
});
