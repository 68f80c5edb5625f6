import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROJECT } from './support/pack.ts';
import { run, succeed } from './support/run.ts';

/** Stands in for npm: notes what it is asked for, and fails at the command that the file `fails` names. */
const NPM = `#!/bin/sh
echo "$@" >> "$0.log"
[ "$1" != "$(cat "$0.fails")" ]
`;

/** A repository with a package that is ready to be released. */
async function repository() {
  const root = await mkdtemp(join(tmpdir(), 'mixcloud-client-release-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const cwd = join(root, 'project');
  const npm = join(root, 'bin', 'npm');
  await mkdir(join(cwd, 'scripts'), { recursive: true });
  await mkdir(join(root, 'bin'));
  await writeFile(npm, NPM);
  await chmod(npm, 0o755);
  await writeFile(`${npm}.log`, '');
  await writeFile(`${npm}.fails`, 'nothing');
  await cp(join(PROJECT, 'scripts', 'release.mjs'), join(cwd, 'scripts', 'release.mjs'));
  await writeFile(join(cwd, 'package.json'), '{ "name": "released", "version": "1.2.3" }\n');
  await writeFile(join(cwd, 'package-lock.json'), '{ "name": "released", "version": "1.2.3" }\n');
  await writeFile(join(cwd, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3\n\nFirst.\n');
  const identity = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };
  const env = { ...identity, GIT_CONFIG_GLOBAL: '/dev/null', PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  const git = (...args: string[]) => succeed('git', args, { cwd, env });
  await git('init', '--quiet', '--initial-branch=main');
  const commit = async () => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'Change');
  };
  await commit();
  return {
    git,
    commit,
    write: (file: string, text: string) => writeFile(join(cwd, file), text),
    release: (...args: string[]) => run(process.execPath, ['scripts/release.mjs', ...args], { cwd, env }),
    asked: async () => (await readFile(`${npm}.log`, 'utf8')).split('\n').filter(Boolean),
    failAt: (command: string) => writeFile(`${npm}.fails`, command),
  };
}

type Repository = Awaited<ReturnType<typeof repository>>;

const REFUSALS: readonly (readonly [string, RegExp, (project: Repository) => Promise<unknown>])[] = [
  ['a tree with changes', /not committed/, ({ write }) => write('CHANGELOG.md', '## 1.2.3\n\nSecond.\n')],
  ['a tree with a new file', /not committed/, ({ write }) => write('new.txt', '')],
  ['another branch', /from main, and this is other/, ({ git }) => git('checkout', '--quiet', '-b', 'other')],
  ['no branch', /from main, and this is no branch/, ({ git }) => git('checkout', '--quiet', '--detach')],
  ['a version that is tagged', /v1\.2\.3 is tagged already/, ({ git }) => git('tag', 'v1.2.3')],
  [
    'a version that the changelog lacks',
    /no heading for 1\.2\.3/,
    async ({ write, commit }) => {
      await write('CHANGELOG.md', '# Changelog\n\n## 1.2.30\n\nAfter 1.2.3.\n');
      await commit();
    },
  ],
  [
    'a lock file of another version',
    /package-lock\.json names another version/,
    async ({ write, commit }) => {
      await write('package-lock.json', '{ "version": "1.2.2" }\n');
      await commit();
    },
  ],
  ['red tests', /the tests are red/, ({ failAt }) => failAt('test')],
];

describe('the release', () => {
  it.each(REFUSALS)('refuses %s', async (_title, reason, spoil) => {
    const project = await repository();
    await spoil(project);
    const tags = await project.git('tag');
    const { code, stderr } = await project.release();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Not released: /);
    expect(stderr).toMatch(reason);
    expect(await project.git('tag')).toBe(tags);
    expect(await project.asked()).not.toContain('publish');
  });

  it('tests, tags and publishes', async () => {
    const project = await repository();
    const { code, stderr } = await project.release();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await project.asked()).toEqual(['test', 'publish']);
    expect(await project.git('tag')).toBe('v1.2.3\n');
  });

  it('only pretends to in a dry run', async () => {
    const project = await repository();
    const { code, stdout } = await project.release('--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('nothing was done');
    expect(await project.asked()).toEqual(['test', 'publish --dry-run']);
    expect(await project.git('tag')).toBe('');
  });

  it('takes its tag back when the publication fails, so that it can be tried again', async () => {
    const project = await repository();
    await project.failAt('publish');
    expect((await project.release()).code).toBe(1);
    expect(await project.git('tag')).toBe('');
    await project.failAt('nothing');
    expect((await project.release()).code).toBe(0);
  });
});
