/** Operations that publish and edit cloudcasts. */
import { describe } from '../base/argument.ts';
import type { JsonObject } from '../base/json.ts';
import { parseApiKey, parseKey } from '../input/key.ts';
import { validateEdit, validateUpload } from '../input/upload-fields.ts';
import { MixcloudError } from '../protocol/errors.ts';
import type { ApiRequest, ApiResponse } from '../protocol/messages.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, buildWriteRequest, requireToken, toKeyLink } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext, MODELS } from './client-context.ts';
import { type ParseOptions, parseBody, parseResponse } from './parse-response.ts';

// Always thrown when it cannot be read: the show may have been published.
const RESULT: ParseOptions = { expected: 'result', strict: true };

/** Publishes an audio file. */
export function* upload<F>(context: ClientContext, mp3: unknown, name: unknown, input: unknown): Operation<F> {
  requireToken(context);
  const { parts, options } = validateUpload(mp3, name, input, context[CALL_OPTIONS]);
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, 'upload'), options, parts);
  return parseResponse(context, request, yield* send(request), RESULT) as F;
}

/** Changes an upload. */
export function* edit<F>(context: ClientContext, key: unknown, input: unknown): Operation<F> {
  requireToken(context);
  const { parts, options } = validateEdit(input, context[CALL_OPTIONS]);
  let path = parseKey('key', key, context.mixcloudRoot);
  if (!path.includes('/')) {
    // A key without a user part is a key of the current user.
    const request = { ...buildGetRequest(context, toKeyLink(context, 'me'), {}, options), preflightParts: parts };
    const response = yield* send(request);
    const body = parseBody(context, request, response, 'object');
    if (body.type === 'error') {
      if (body.unreadable || context.raiseExceptions) throw body.error.create();
      return context[MODELS].error(body.error) as F;
    }
    path = `${parseOwnKey(context, request, response, body.data)}/${path}`;
  }
  const request = buildWriteRequest(context, 'POST', toKeyLink(context, `upload/${path}/edit`), options, parts);
  return parseResponse(context, request, yield* send(request), RESULT) as F;
}

/** Returns the key of the current user. A key that is not one of a user would edit something else. */
function parseOwnKey(context: ClientContext, request: ApiRequest, response: ApiResponse, data: JsonObject): string {
  const { method, url } = request;
  const message = `The API sent no usable key of the current user, but ${describe(data.key)}`;
  const init = { method, url, status: response.status, data };
  const key = parseApiKey(message, data.key, context.mixcloudRoot, init);
  if (key.includes('/')) throw new MixcloudError(message, init);
  return key;
}
