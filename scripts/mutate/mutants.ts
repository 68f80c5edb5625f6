/** Small faults, found in the syntax tree of a file. */
import ts from 'typescript';

/** A change of one piece of a source file. */
export interface Mutant {
  /** Path in the repository, such as `src/async/transport/retries.ts`. */
  readonly file: string;
  /** What was done: the code before and after it, on one line. */
  readonly change: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

// Characters of the code that is shown.
const MAX_SHOWN = 90;

/** Operators that are exchanged for a neighbour, and by what. */
const OPERATORS: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.QuestionQuestionToken]: '&&',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
  [ts.SyntaxKind.PlusEqualsToken]: '-=',
  [ts.SyntaxKind.MinusEqualsToken]: '+=',
  [ts.SyntaxKind.QuestionQuestionEqualsToken]: '=',
};

/** Returns every mutant of a file: conditions negated, operators exchanged, statements removed, constants replaced. */
export function findMutants(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];

  const replace = (node: ts.Node, replacement: string) => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const shown = findContext(node, source);
    const from = shown.getStart(source);
    const before = text.slice(from, shown.end);
    const after = text.slice(from, start) + replacement + text.slice(node.end, shown.end);
    mutants.push({ file, line, start, end: node.end, replacement, change: `${toLine(before)} → ${toLine(after)}` });
  };
  const negate = (condition: ts.Expression) => {
    // An exchanged operator says the same.
    const operator = ts.isBinaryExpression(condition) ? condition.operatorToken.kind : undefined;
    const isEquality =
      operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsEqualsToken;
    if (!isEquality) replace(condition, `!(${condition.getText(source)})`);
  };

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)) negate(node.expression);
    if (ts.isConditionalExpression(node)) negate(node.condition);
    if (ts.isBinaryExpression(node)) {
      const replacement = OPERATORS[node.operatorToken.kind];
      if (replacement !== undefined) replace(node.operatorToken, replacement);
    }
    if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || isPlainReturn(node)) replace(node, ';');
    if (ts.isNumericLiteral(node)) replace(node, toOther(node.getText(source)));
    if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** The expression or the declaration around a piece of code, which tells more than the piece, if it fits on a line. */
function findContext(node: ts.Node, source: ts.SourceFile): ts.Node {
  let context = node;
  while (!isWhole(context) && context.parent.getWidth(source) <= MAX_SHOWN) context = context.parent;
  return context;
}

function isWhole(node: ts.Node): boolean {
  return ts.isStatement(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || !node.parent;
}

/** `return;` ends a function early. A `return` with a value has others that change the value. */
function isPlainReturn(node: ts.Node): boolean {
  return ts.isReturnStatement(node) && node.expression === undefined;
}

/** A large number is a limit or a time, which differs by one for nobody. */
function toOther(number: string): string {
  const value = Number(number.replaceAll('_', ''));
  if (value === 0) return '1';
  return value < 10 ? `(${number} + 1)` : `(2 * ${number})`;
}

function toLine(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN + 20 ? `${line.slice(0, MAX_SHOWN + 19)}…` : line;
}
