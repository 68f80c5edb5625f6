/** The operation for endpoints that this package does not know. */
import { joinTables, validateOptions } from '../base/options.ts';
import { parseKey } from '../input/key.ts';
import { REQUEST_OPTIONS, validateMethod } from '../input/request-fields.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildGetRequest, buildWriteRequest, setParams, toKeyLink } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext } from './client-context.ts';
import type { GetResult, Mode } from './mode.ts';
import { parseResponse } from './parse-response.ts';

/** Sends a request of any key. */
export function* request<M extends Mode, F>(
  context: ClientContext,
  method: unknown,
  key: unknown,
  input: unknown,
): Operation<GetResult<M, F>> {
  const verb = validateMethod(method);
  const options = validateOptions('request options', input, joinTables(REQUEST_OPTIONS, context[CALL_OPTIONS]));
  const { params = {}, fields } = options;
  const link = toKeyLink(context, parseKey('key', key, context.mixcloudRoot));
  if (verb === 'GET') {
    if (fields) throw new TypeError('fields: a GET has no body; give query parameters as params');
    const get = buildGetRequest(context, link, params, options);
    return parseResponse(context, get, yield* send(get)) as GetResult<M, F>;
  }
  const parts = fields && fields.length > 0 ? fields : undefined;
  const write = buildWriteRequest(context, verb, { ...link, url: setParams(link.url, params) }, options, parts);
  // What was sent may have been published, so that its response must not be taken for an answer when it cannot be read.
  const strict = parts?.some((part) => 'file' in part) ?? false;
  return parseResponse(context, write, yield* send(write), { strict }) as GetResult<M, F>;
}
