import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newWorld } from '../support/world.ts';
import { type App, installApp } from './support/app.ts';
import { PROGRAMS, runProgram } from './support/programs.ts';

describe('with the installed package, without a warning and without closing anything,', () => {
  let app: App;
  beforeAll(async () => {
    app = await installApp();
  });
  afterAll(() => app.remove());

  it.each(PROGRAMS.map((program) => [program.title, program] as const))('%s', async (_title, program) => {
    const world = await newWorld();
    const { code, stdout, stderr, seconds } = await runProgram(process.execPath, app.folder, program, world);
    expect(stderr).toBe('');
    expect(stdout).toBe('ok\n');
    expect(code).toBe(0);
    // Far from the clients' time-out of a minute, which is what an open handle would come to.
    expect(seconds).toBeLessThan(15);
  });
});
