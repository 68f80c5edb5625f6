import { parseKey } from '../input/key.ts';
import { buildEditParts, buildUploadParts } from '../input/upload-fields.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, buildWriteRequest, requireToken, toKeyLink } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { parseResponse } from './parse-response.ts';

type Options = Readonly<Record<string, unknown>>;

/** Publishes an audio file. */
export function* upload(context: ClientContext, mp3: unknown, name: unknown, input: unknown): Operation<object> {
  requireToken(context);
  const parts = buildUploadParts(mp3, name, input, context.callOptions);
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, 'upload'), (input ?? {}) as Options, parts);
  return parseResponse(context, request, yield* send(request), { strict: true });
}

/** Changes what was uploaded. */
export function* edit(context: ClientContext, key: unknown, input: unknown): Operation<object> {
  requireToken(context);
  const parts = buildEditParts(input, context.callOptions);
  const fields = (input ?? {}) as Options;
  let path = parseKey('key', key, context.mixcloudRoot);
  if (!path.includes('/')) {
    // A key without a user is the current user's.
    const request = { ...buildGetRequest(context, toKeyLink(context, 'me'), {}, fields), preflightParts: parts };
    const owner = parseResponse(context, request, yield* send(request), { strict: true });
    const { key: ownKey } = owner as { readonly key?: unknown };
    if (typeof ownKey !== 'string') return owner;
    path = `${parseKey('key of the current user', ownKey, context.mixcloudRoot)}/${path}`;
  }
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, `upload/${path}/edit`), fields, parts);
  return parseResponse(context, request, yield* send(request), { strict: true });
}
