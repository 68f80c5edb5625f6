/**
 * Releases the version that package.json names: `npm run release`, or `npm run release -- --dry-run` to see what it would
 * do. Before it, write the version into package.json and package-lock.json (`npm version --no-git-tag-version X.Y.Z`) and
 * its heading into CHANGELOG.md, and commit.
 *
 * It refuses to run on another branch than `main`, on a tree with changes that are not committed, on a version that has a
 * tag or lacks a heading in the changelog, and on red tests.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const dryRun = process.argv.includes('--dry-run');

const git = (...args) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
const npm = (...args) => execFileSync('npm', args, { cwd, stdio: 'inherit' });
const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

class Refusal extends Error {}

function check(condition, reason) {
  if (!condition) throw new Refusal(reason);
}

function checkTree() {
  const branch = git('branch', '--show-current');
  check(branch === 'main', `releases are made from main, and this is ${branch || 'no branch'}`);
  check(git('status', '--porcelain') === '', 'there are changes that are not committed');
}

function checkVersion(version, tag) {
  check(JSON.parse(read('package-lock.json')).version === version, `package-lock.json names another version`);
  check(git('tag', '--list', tag) === '', `${tag} is tagged already`);
  const headings = (read('CHANGELOG.md').match(/^## .*$/gm) ?? []).filter((heading) => !/unreleased/i.test(heading));
  const named = headings.some((heading) => heading.split(/[\s[\](),–-]+/).includes(version));
  check(named, `CHANGELOG.md has no heading for ${version}`);
}

function checkTests() {
  try {
    npm('test');
  } catch {
    throw new Refusal('the tests are red');
  }
  // A formatter or a snapshot may have changed what is about to be tagged.
  checkTree();
}

function publish(version, tag) {
  if (dryRun) {
    npm('publish', '--dry-run');
    console.log(`Would tag ${tag} and publish ${version}; nothing was done.`);
    return;
  }
  git('tag', '--annotate', tag, '--message', `Release ${version}`);
  try {
    npm('publish');
  } catch (error) {
    // Else the next attempt would refuse.
    git('tag', '--delete', tag);
    throw error;
  }
  console.log(`Published ${version}. Now push it: git push origin main ${tag}`);
}

try {
  const { version } = JSON.parse(read('package.json'));
  const tag = `v${version}`;
  checkTree();
  checkVersion(version, tag);
  checkTests();
  publish(version, tag);
} catch (error) {
  console.error(error instanceof Refusal ? `Not released: ${error.message}.` : error);
  process.exitCode = 1;
}
