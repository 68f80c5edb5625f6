import { readFileSync } from 'node:fs';
import * as client from 'mixcloud-client';
import ts from 'typescript';
import { annotate, type Claim } from './annotate.ts';
import type { Fence } from './readme.ts';

const INDEX = new URL('../../src/index.ts', import.meta.url);
const HERE = new URL('snippets/', import.meta.url);

/** A snippet that can be run. */
export interface Program {
  readonly extension: 'mjs' | 'cjs';
  readonly code: string;
  readonly claims: readonly Claim[];
}

/**
 * A snippet as its reader is to complete it: the page says that `mixcloud` is a `new Mixcloud()` and that the names which a
 * snippet does not import come from the package.
 */
export function withImports({ language, code }: Fence): string {
  if (language !== 'ts' || code.includes("from 'mixcloud-client")) return code;
  const words = new Set(code.match(/[A-Za-z_]\w*/g));
  const needsClient = words.has('mixcloud') && !/\b(?:const|using) mixcloud\b/.test(code);
  if (needsClient) words.add('Mixcloud');
  const names = exportedNames().filter((name) => words.has(name));
  const imported = names.map((name) => (name in client ? name : `type ${name}`)).join(', ');
  // On the first line, so that the lines of the snippet are counted on from there.
  return `import { ${imported} } from 'mixcloud-client';${needsClient ? ' const mixcloud = new Mixcloud();' : ''}\n${code}`;
}

/** The snippet as JavaScript that talks to an emulated world and records what its lines give. */
export function programOf(fence: Fence): Program {
  const annotated = annotate(withImports(fence));
  if (fence.language === 'js') {
    const code = annotated.code
      .replace("'mixcloud-client'", path('index.cjs'))
      .replace("'mixcloud-client/sync'", path('sync.cjs'));
    return { extension: 'cjs', code, claims: annotated.claims };
  }
  const { outputText } = ts.transpileModule(annotated.code, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
  });
  const code = outputText
    .replace("'mixcloud-client'", path('index.mjs'))
    .replace("'mixcloud-client/sync'", path('sync.mjs'));
  return {
    extension: 'mjs',
    code: `import { fails, gives } from ${path('record.mjs')};\n${code}`,
    claims: annotated.claims,
  };
}

function path(name: string): string {
  const { href, pathname } = new URL(name, HERE);
  // `require` takes paths, `import` URLs.
  return JSON.stringify(name.endsWith('.cjs') ? decodeURIComponent(pathname) : href);
}

function exportedNames(): string[] {
  const lists = readFileSync(INDEX, 'utf8').match(/\{[^}]*\}/g) ?? [];
  return lists.flatMap((list) =>
    [...list.matchAll(/(?:\w+ as )?(?:type )?(\w+)(?=[\s,}])/g)].map(([, name]) => name ?? ''),
  );
}
