/** Opens the multipart body of a request, and closes it after. */
import { MultipartBody } from './multipart-body.ts';
import type { Sender } from './sender.ts';

/**
 * Opens and checks the files of a request before it is sent. `reuseBuffers`: see {@link MultipartBody.open}.
 *
 * If the body could not be read to its end, that is the failure, whatever the connection reports because of it.
 */
export function withBody(next: Sender, reuseBuffers: boolean): Sender {
  return async (request, call) => {
    if (request.preflightParts) {
      const preflight = await MultipartBody.open(request.preflightParts);
      if (!(preflight instanceof MultipartBody)) return preflight;
      await preflight.close();
    }
    if (!request.parts) return next(request, call);
    const body = await MultipartBody.open(request.parts, reuseBuffers);
    if (!(body instanceof MultipartBody)) return body;
    try {
      const result = await next(request, { ...call, body });
      return result.type === 'response' ? result : (body.failure ?? result);
    } finally {
      await body.close();
    }
  };
}
