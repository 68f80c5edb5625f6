/** Operations that publish and edit cloudcasts. */
import { parseKey } from '../input/key.ts';
import { validateEdit, validateUpload } from '../input/upload-fields.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, buildWriteRequest, requireToken, toKeyLink } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import type { DictOf, Mode } from './mode.ts';
import { parseResponse } from './parse-response.ts';

/** Publishes an audio file. */
export function* upload<M extends Mode, F>(
  context: ClientContext,
  mp3: unknown,
  name: unknown,
  input: unknown,
): Operation<DictOf<M, F>> {
  requireToken(context);
  const { parts, options } = validateUpload(mp3, name, input, context.callOptions);
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, 'upload'), options, parts);
  return parseResponse(context, request, yield* send(request), { strict: true }) as DictOf<M, F>;
}

/** Changes an upload. */
export function* edit<M extends Mode, F>(
  context: ClientContext,
  key: unknown,
  input: unknown,
): Operation<DictOf<M, F>> {
  requireToken(context);
  const { parts, options } = validateEdit(input, context.callOptions);
  let path = parseKey('key', key, context.mixcloudRoot);
  if (!path.includes('/')) {
    // A key without a user part is a key of the current user.
    const request = { ...buildGetRequest(context, toKeyLink(context, 'me'), {}, options), preflightParts: parts };
    const owner = parseResponse(context, request, yield* send(request), { strict: true });
    const { key: ownKey } = owner as { readonly key?: unknown };
    if (typeof ownKey !== 'string') return owner as DictOf<M, F>;
    path = `${parseKey('key of the current user', ownKey, context.mixcloudRoot)}/${path}`;
  }
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, `upload/${path}/edit`), options, parts);
  return parseResponse(context, request, yield* send(request), { strict: true }) as DictOf<M, F>;
}
