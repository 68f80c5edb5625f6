import type { Mixcloud } from 'mixcloud-client';
import { expect } from 'vitest';
import { REDIRECT, RESET } from './codes.ts';
import { case_, disconnects, type FaultCase, gives, refuses, timesOut, unreadable } from './fault-case.ts';

// More than the buffers of both ends of a loopback connection hold.
const MANY = new Uint8Array(24 * 1024 * 1024).fill(0x55);
const FEW = new Uint8Array(100_000).fill(0x55);

const uploadMany = (mixcloud: Mixcloud) => mixcloud.upload(MANY, 'A long show');
const uploadFew = (mixcloud: Mixcloud) => mixcloud.upload(FEW, 'A short show');
const edit = (mixcloud: Mixcloud) => mixcloud.edit('bob/a-show', { name: 'Another name' });

const uploaded = gives((response) => expect(response).toMatchObject({ result: { success: true } }));
const PATIENT = { timeout: 2000 };

/** Servers that fail while an upload is sent, or after. */
export const UPLOAD_CASES: readonly FaultCase[] = [
  case_('early-answer', refuses('MixcloudError', 400, { type: 'UploadException' }), {
    call: uploadMany,
    options: PATIENT,
  }),
  case_('early-413', unreadable(413, true), { call: uploadMany, options: PATIENT }),
  case_(
    'early-close',
    { throws: { name: 'MixcloudConnectionError or MixcloudDecodeError', always: true } },
    {
      call: uploadMany,
      options: PATIENT,
    },
  ),
  case_('close-mid-upload', disconnects(RESET), { call: uploadMany, options: PATIENT }),
  case_('stall-upload', timesOut(600), { call: uploadMany, options: { timeout: 600 } }),
  case_('hang-after-upload', timesOut(), { call: uploadFew }),
  case_('sink-upload', uploaded, { call: uploadMany, options: PATIENT }),
  case_('hang', timesOut(), { name: 'hang from the first byte of an upload', call: uploadFew }),
  case_('reset', disconnects(RESET), {
    name: 'reset of an upload, which is not sent again',
    fault: { name: 'reset', times: 1 },
    call: uploadFew,
    options: { retries: 3, timeout: 2000 },
  }),
  case_('redirect-loop', disconnects(REDIRECT, /which a POST does not follow/), {
    name: 'redirect of an upload',
    call: uploadFew,
  }),
  ...[uploadFew, edit].flatMap((call) => {
    const what = call === edit ? 'an edit' : 'an upload';
    return [
      case_('empty', unreadable(200, true), { name: `empty answer to ${what}`, call: call === edit ? editOwn : call }),
      case_('html-200', unreadable(200, true), { name: `HTML in answer to ${what}`, call }),
      case_('html-503', unreadable(503, true), { name: `HTML with 503 in answer to ${what}`, call }),
      case_('api-error', refuses('MixcloudError', 400, { details: { name: ['Too short.', 'Too plain.'] } }), {
        name: `error in answer to ${what}`,
        call,
      }),
    ];
  }),
];

/** What was uploaded before, by whoever owns the token. */
async function editOwn(mixcloud: Mixcloud): Promise<unknown> {
  return mixcloud.edit('a-show', { name: 'Another name' });
}
