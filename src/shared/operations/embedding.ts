import { throwTypeError, validateOptions } from '../base/argument.ts';
import { EMBED_OPTION_NAMES, toEmbedParams } from '../input/embed-options.ts';
import { parseKey } from '../input/key.ts';
import { type Operation, send } from '../protocol/operation.ts';
import { buildPlainRequest, toKeyLink } from './build-request.ts';
import type { ClientContext } from './client-context.ts';
import { parseResponse, parseTextResponse } from './parse-response.ts';

/** What embeds a player of a cloudcast: an object, or HTML. */
export function* embed(
  context: ClientContext,
  format: 'json' | 'html',
  cloudcast: unknown,
  input: unknown,
): Operation<string | object> {
  const options = validateOptions('display options', input, [...EMBED_OPTION_NAMES, ...context.callOptions]);
  const { url } = toKeyLink(context, `${parseKey('cloudcast', cloudcast, context.mixcloudRoot)}/embed-${format}`);
  url.search = new URLSearchParams(toEmbedParams(options)).toString();
  const request = buildPlainRequest(context, url, {}, options);
  const response = yield* send(request);
  return format === 'json' ? parseResponse(context, request, response) : parseTextResponse(context, request, response);
}

/** What the oEmbed endpoint says of a page. */
export function* oembed(context: ClientContext, key: unknown, input: unknown): Operation<string | object> {
  const options = validateOptions('oembed options', input, ['format', ...EMBED_OPTION_NAMES, ...context.callOptions]);
  const format = options.format === undefined ? 'json' : options.format;
  if (format !== 'json' && format !== 'xml') throwTypeError('format', format, "'json' or 'xml'");
  const page = `${context.mixcloudRoot}/${parseKey('key', key, context.mixcloudRoot)}/`;
  const url = new URL(context.oembedRoot);
  url.search = new URLSearchParams({ url: page, format, ...toEmbedParams(options) }).toString();
  const request = buildPlainRequest(context, url, {}, options);
  const response = yield* send(request);
  return format === 'json' ? parseResponse(context, request, response) : parseTextResponse(context, request, response);
}
