/** The sources of the package, parsed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** One import, in any of the forms that TypeScript has for it. */
export interface Import {
  readonly specifier: string;
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** The names that are imported, when they are listed. */
  readonly names: readonly string[];
}

/** One file of `src`, by its path in there. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Every file of `src`. */
export function readSources(): SourceFile[] {
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.sort().map((path) => {
    const text = readFileSync(SRC + path, 'utf8');
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return { path: path.replaceAll('\\', '/'), text, tree, imports: [...nodesOf(tree)].flatMap(importOf) };
  });
}

/** Every node of a tree, comments aside. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) if (!ts.isJSDoc(child)) yield* nodesOf(child);
}

/** The file of `src` that a relative import names. */
export function resolveWithin(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

/** Whether there is such a file in `src`. */
export function isSource(path: string): boolean {
  return existsSync(SRC + path);
}

function importOf(node: ts.Node): Import[] {
  if (ts.isImportDeclaration(node)) {
    const { importClause: clause } = node;
    const listed =
      clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
    const names = listed.map(({ name, propertyName }) => (propertyName ?? name).text);
    return [{ specifier: textOf(node.moduleSpecifier), typeOnly: clause?.isTypeOnly ?? false, names }];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return [{ specifier: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly, names: [] }];
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return [{ specifier: textOf(node.argument.literal), typeOnly: true, names: [] }];
  }
  // `import(…)`, `require(…)` and `createRequire(…)(…)`.
  if (ts.isCallExpression(node) && /^(?:import|require|createRequire\(.*\))$/.test(node.expression.getText())) {
    const [specifier] = node.arguments;
    return [{ specifier: textOf(specifier), typeOnly: false, names: [] }];
  }
  return [];
}

function textOf(node: ts.Node | undefined): string {
  if (!node || !ts.isStringLiteralLike(node)) throw new Error(`Not the name of a module: ${node?.getText()}`);
  return node.text;
}
