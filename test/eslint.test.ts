/** That the README's snippets and the examples pass typescript-eslint's type-checked rules: no value is `any` unnoticed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFences } from './support/readme.ts';
import { withImports } from './support/snippet.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLES = join(ROOT, 'examples');
// Within the checkout, where the package can be imported by its own name.
const FOLDER = join(ROOT, '.cache', `eslint-${process.pid}`);
const snippets = readFences().filter(({ language }) => language === 'ts');

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  for (const fence of snippets) writeFileSync(join(FOLDER, `line-${fence.line}.ts`), withImports(fence));
  const config = { extends: '../../examples/tsconfig.json', include: ['.'] };
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** What the rules report about the programs of a folder. */
async function lint(folder: string, rules: Linter.RulesRecord = {}): Promise<string[]> {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      { ignores: ['!**/.cache/'] },
      ...(tseslint.configs.recommendedTypeChecked as Linter.Config[]),
      { languageOptions: { parserOptions: { project: join(folder, 'tsconfig.json') } }, rules },
    ],
  });
  const results = await eslint.lintFiles(['*.ts']);
  expect(results.length).toBeGreaterThan(5);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${filePath.slice(folder.length + 1)}:${line} ${ruleId}: ${message}`),
  );
}

it('the examples pass', { timeout: 60_000 }, async () => {
  expect(await lint(EXAMPLES)).toEqual([]);
});

it('the snippets of the README pass', { timeout: 60_000 }, async () => {
  // A page shows what a name is, and leaves it there.
  const shown = {
    '@typescript-eslint/no-unused-vars': 'off',
    '@typescript-eslint/no-unused-expressions': 'off',
  } as const;
  expect(await lint(FOLDER, shown)).toEqual([]);
});
