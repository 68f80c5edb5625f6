import { Worker } from 'node:worker_threads';

// A page that does not load is for the login to report.
const BROWSER = 'fetch(require("node:worker_threads").workerData).then((page) => page.text()).catch(() => undefined)';

/** Opens a URL as the browser of a user does who allows access. In a thread, because a blocking login blocks this one. */
export function openBrowser(url: string): void {
  new Worker(BROWSER, { eval: true, workerData: url, execArgv: [] });
}
