/**
 * Turns the events of a client into OpenTelemetry spans, one for each HTTP request.
 *
 * In your program, `tracer` is `trace.getTracer('mixcloud')` of `@opentelemetry/api`. Here an object of the same shape prints
 * the spans, so that the example needs no SDK:
 *
 *     node events-opentelemetry.ts spartacus
 */
import { Mixcloud, type MixcloudEvent } from 'mixcloud-client';

type Attributes = Record<string, string | number>;

/** The part of OpenTelemetry's `Span` that is used. */
interface Span {
  setAttribute(name: string, value: string | number): unknown;
  recordException(error: Error): void;
  end(): void;
}

/** The part of OpenTelemetry's `Tracer` that is used. */
interface Tracer {
  startSpan(name: string, options: { kind: number; attributes: Attributes }): Span;
}

const CLIENT_KIND = 2;

function traceWith(tracer: Tracer): (event: MixcloudEvent) => void {
  const spans = new Map<string, Span>();
  return (event) => {
    const { id, type, method, url, attempt } = event;
    if (type === 'request') {
      const attributes = { 'http.request.method': method, 'url.full': url, 'http.request.resend_count': attempt - 1 };
      spans.set(id, tracer.startSpan(method, { kind: CLIENT_KIND, attributes }));
    }
    if (type === 'response') spans.get(id)?.setAttribute('http.response.status_code', event.status);
    if (type === 'failure') spans.get(id)?.recordException(event.error);
    if (type === 'request' || type === 'retry' || type === 'rate-limit') return;
    spans.get(id)?.end();
    spans.delete(id);
  };
}

const tracer: Tracer = {
  startSpan(name, { attributes }) {
    const span: Attributes = { name, ...attributes };
    return {
      setAttribute: (key, value) => Object.assign(span, { [key]: value }),
      recordException: ({ message }) => void Object.assign(span, { exception: message }),
      end: () => console.log(JSON.stringify(span)),
    };
  },
};

const mixcloud = new Mixcloud({ onEvent: traceWith(tracer) });
await mixcloud.get(process.argv[2] ?? 'spartacus');
await mixcloud.close();
