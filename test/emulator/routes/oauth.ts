import { APPS } from '../constants.ts';
import type { Exchange } from '../exchange.ts';
import { badRequest, json, type Reply, redirect, reply } from '../reply.ts';

/** A page where the user would say yes; here they always do, at once. */
export function authorize(exchange: Exchange): Reply {
  const app = APPS.find((one) => one.clientId === exchange.query.get('client_id'));
  const uri = exchange.query.get('redirect_uri');
  if (!app || !uri) throw badRequest('client_id and redirect_uri must be those of an app.');
  const location = new URL(uri);
  location.searchParams.set('code', exchange.world.codes.issue(app, uri));
  return redirect(location.href, 302);
}

export function exchangeCode(exchange: Exchange): Reply {
  const { codes, options } = exchange.world;
  const result = codes.exchange(exchange.query);
  const status = 'error' in result ? (options.oauthFailureStatus ?? 400) : 200;
  const facts = 'error' in result ? { error: result.error } : { access_token: result.token };
  if (options.oauthFormat !== 'form') return json(facts, status);
  return reply(status, { 'Content-Type': 'application/x-www-form-urlencoded' }, String(new URLSearchParams(facts)));
}
