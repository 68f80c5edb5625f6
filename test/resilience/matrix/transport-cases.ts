import { BODY_SIZE, HEADERS, NOT_HTTP, REDIRECT, RESET } from './codes.ts';
import { case_, disconnects, type FaultCase, london, timesOut } from './fault-case.ts';

const PATIENT = { timeout: 15_000, retries: 0 };

/** Connections that break, stall, never end or lead elsewhere. */
export const TRANSPORT_CASES: readonly FaultCase[] = [
  case_('hang', timesOut()),
  case_({ name: 'drip', param: 20 }, timesOut()),
  case_('headers-only', timesOut()),
  case_({ name: 'delay', param: 5000 }, timesOut()),
  case_('hang', timesOut(), {
    name: 'hang, though retries are allowed',
    options: { retries: 5 },
  }),
  case_('reset', disconnects(RESET)),
  case_('close-at-once', disconnects(RESET)),
  case_('reset', london, {
    name: 'reset once, and a retry',
    fault: { name: 'reset', times: 1 },
    options: { retries: 1, timeout: 5000 },
  }),
  case_('reset', disconnects(RESET), {
    name: 'reset at every retry',
    options: { retries: 1, timeout: 5000 },
  }),
  case_('not-http', disconnects(NOT_HTTP)),
  case_('reset-mid-body', disconnects(RESET)),
  case_('end-early', disconnects(RESET)),
  case_('end-early-chunked', disconnects(RESET)),
  case_('chunked', london),
  case_('close', london),
  case_('drop-idle', london, { options: { retries: 2, timeout: 5000 } }),
  case_('big-headers', disconnects(HEADERS)),
  case_('endless-body', disconnects(BODY_SIZE, /larger than 67108864 bytes/), { options: PATIENT }),
  case_({ name: 'unavailable', param: 1 }, london, {
    name: 'unavailable once, and a retry after the second that it names',
    fault: { name: 'unavailable', param: 1, times: 1 },
    options: { retries: 1, timeout: 5000 },
  }),
  case_('redirect-inside', disconnects(REDIRECT, /more than 5 redirects/), {
    name: 'redirect at home without end',
  }),
  case_('redirect-inside', london, {
    name: 'redirect at home',
    fault: { name: 'redirect-inside', times: 1 },
  }),
  case_('redirect-loop', disconnects(REDIRECT, /more than 5 redirects/)),
  case_({ name: 'redirect-abroad', param: 'https://elsewhere.example' }, disconnects(REDIRECT, /elsewhere\.example/)),
  case_({ name: 'redirect-abroad', param: 'http://[' }, disconnects(REDIRECT, /redirect to no URL/), {
    name: 'redirect to what is no URL',
  }),
  case_({ name: 'redirect-abroad', param: 'javascript:alert(1)//' }, disconnects(REDIRECT), {
    name: 'redirect to a script',
  }),
];
