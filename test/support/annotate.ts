import ts from 'typescript';

/** A line of a snippet that says what it gives, by a comment behind it. */
export interface Claim {
  readonly line: number;
  /** The comment: a value, or `throws Name: message`; `…` stands for anything. */
  readonly text: string;
}

export interface Annotated {
  /** The snippet, telling what its lines give. */
  readonly code: string;
  readonly claims: readonly Claim[];
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Finds the claims of a snippet and makes it record what happens instead. Every comment behind a statement is one. */
export function annotate(code: string): Annotated {
  const tree = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.Latest, true);
  const claims: Claim[] = [];
  const changes: Change[] = [];
  const visit = (node: ts.Node): void => {
    const comment = ts.isStatement(node) ? commentBehind(code, node) : undefined;
    if (comment !== undefined && !ts.isBlock(node)) {
      const line = tree.getLineAndCharacterOfPosition(node.end).line;
      claims.push({ line, text: comment });
      changes.push(recording(node as ts.Statement, line, comment.startsWith('throws ')));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const behind = code.split('\n').filter((text) => /\S.*\s\/\/\s/.test(text)).length;
  if (behind !== claims.length)
    throw new Error(`${behind} lines have comments behind them, ${claims.length} were read`);
  return { code: apply(code, changes), claims };
}

function commentBehind(code: string, node: ts.Node): string | undefined {
  const [range] = ts.getTrailingCommentRanges(code, node.end) ?? [];
  return range && code.slice(range.pos + 2, range.end).trim();
}

function recording(statement: ts.Statement, line: number, throws: boolean): Change {
  const from = statement.getStart();
  const to = statement.end;
  if (ts.isExpressionStatement(statement)) {
    const expression = statement.expression.getText();
    const text = throws ? `await fails(${line}, async () => ${expression});` : `gives(${line}, (${expression}));`;
    return { from, to, text };
  }
  throw new Error(`Only expressions can say what they give, not: ${statement.getText()}`);
}

function apply(code: string, changes: readonly Change[]): string {
  const last = [...changes].sort((one, other) => other.from - one.from);
  return last.reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), code);
}

/** Whether a text is what a claim says. */
export function matches(claim: string, text: string): boolean {
  const pattern = claim.split('…').map(literally).join('.*');
  return new RegExp(`^${pattern}$`, 's').test(text.replaceAll(/\[ | \]/g, (bracket) => bracket.trim()));
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
