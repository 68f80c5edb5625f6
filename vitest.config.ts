import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// They take long, and would be waited for at the end: Vitest starts the largest files first where no earlier run is known.
const LONG =
  /\/(?:resilience\/(?:fault-matrix|upload-files|load)|package\/types|sync\/worker-failures|many\/(?:timing|rate-limit))\./;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => Number(LONG.test(moduleId));
    return sorted.sort((one, other) => isLong(other) - isLong(one));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // A process for each file: a blocking client blocks the thread that its test runs on.
    pool: 'forks',
    // More than the two processors of a small machine: much of the time is spent waiting.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // The watchdog: a hang is a failure.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    teardownTimeout: 5_000,
    // The built package, as its users have it, and not a copy that the test runner transforms.
    server: { deps: { external: [/\/dist\//] } },
  },
});
