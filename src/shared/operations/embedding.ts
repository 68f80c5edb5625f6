/** Operations that return embedded players. */
import { throwTypeError } from '../base/argument.ts';
import { joinTables, validateOptions } from '../base/options.ts';
import { EMBED_OPTIONS, toEmbedParams } from '../input/embed-options.ts';
import { parseKey } from '../input/key.ts';
import type { ApiRequest } from '../protocol/messages.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildPlainRequest, setParams, toKeyLink } from './build-request.ts';
import { CALL_OPTIONS, type ClientContext } from './client-context.ts';
import { parseResponse, parseTextResponse } from './parse-response.ts';

/** Fetches the player of a cloudcast, as an object. */
export function* embedJson<F>(context: ClientContext, cloudcast: unknown, input: unknown): Operation<F> {
  const request = buildEmbedRequest(context, 'embed-json', cloudcast, input);
  return parseResponse(context, request, yield* send(request), { expected: 'dict' }) as F;
}

/** Fetches the player of a cloudcast, as HTML. */
export function* embedHtml(context: ClientContext, cloudcast: unknown, input: unknown): Operation<string> {
  const request = buildEmbedRequest(context, 'embed-html', cloudcast, input);
  return parseTextResponse(context, request, yield* send(request));
}

function buildEmbedRequest(context: ClientContext, path: string, cloudcast: unknown, input: unknown): ApiRequest {
  const options = validateOptions('display options', input, joinTables(EMBED_OPTIONS, context[CALL_OPTIONS]), {
    number: 'width',
  });
  const { url } = toKeyLink(context, `${parseKey('cloudcast', cloudcast, context.mixcloudRoot)}/${path}`);
  return buildPlainRequest(context, setParams(url, toEmbedParams(options)), options);
}

const OEMBED_OPTIONS = { format: validateFormat, ...EMBED_OPTIONS };

/** Asks the oEmbed endpoint about a page. Returns an object, or text for `format: 'xml'`. */
export function* oembed<F>(context: ClientContext, key: unknown, input: unknown): Operation<string | F> {
  const options = validateOptions('oembed options', input, joinTables(OEMBED_OPTIONS, context[CALL_OPTIONS]), {
    string: 'format',
    number: 'width',
  });
  const { format = 'json' } = options;
  const page = `${context.mixcloudRoot}/${parseKey('key', key, context.mixcloudRoot)}/`;
  const url = setParams(new URL(context.oembedRoot).href, { url: page, format, ...toEmbedParams(options) });
  const request = buildPlainRequest(context, url, options);
  const response = yield* send(request);
  if (format === 'xml') return parseTextResponse(context, request, response);
  // It has a `type`, but no key and no connections.
  return parseResponse(context, request, response, { expected: 'dict' }) as F;
}

function validateFormat(argument: string, value: unknown): 'json' | 'xml' {
  return value === 'json' || value === 'xml' ? value : throwTypeError(argument, value, "'json' or 'xml'");
}
