import { badRequest, type EmulatedResponse, html, json, redirect, respond } from '../server/response.ts';
import type { ApiContext } from './api-context.ts';
import { escapeXml } from './embed.ts';

/**
 * The page where the user allows access. To a browser it is a page with two links. To a program, which does not ask for HTML,
 * the user has said yes already: it redirects with a code.
 */
export function authorize(context: ApiContext): EmulatedResponse {
  const { query, request, state } = context;
  const found = state.accounts.appById(query.get('client_id') ?? '');
  const uri = query.get('redirect_uri');
  if (!found || uri === null || !URL.canParse(uri)) {
    throw badRequest('client_id and redirect_uri must be those of an app.');
  }
  const answer = query.get('answer') ?? (asksForHtml(request.headers.accept) ? 'ask' : 'allow');
  if (answer === 'ask') return askUser(context, found.user.username);
  const location = new URL(uri);
  if (answer === 'allow') location.searchParams.set('code', state.accounts.issueCode(found.app, found.user, uri));
  else location.searchParams.set('error', 'access_denied');
  return redirect(location.href, 302);
}

/** `/oauth/access_token`: exchanges a code for a token. */
export function exchangeCode(context: ApiContext): EmulatedResponse {
  const { accounts, options } = context.state;
  const result = accounts.exchangeCode(context.query);
  const status = 'error' in result ? (options.oauthFailureStatus ?? 400) : 200;
  const facts = 'error' in result ? { error: result.error } : { access_token: result.token };
  if (options.oauthFormat !== 'form') return json(facts, status);
  return respond(status, { 'Content-Type': 'application/x-www-form-urlencoded' }, String(new URLSearchParams(facts)));
}

function asksForHtml(accept: string | undefined): boolean {
  return accept?.toLowerCase().includes('text/html') ?? false;
}

function askUser({ path, query }: ApiContext, username: string): EmulatedResponse {
  const link = (answer: string, text: string) => {
    const href = `${path}?${new URLSearchParams([...query, ['answer', answer]])}`;
    return `<p><a href="${escapeXml(href)}">${text}</a></p>`;
  };
  return html(
    [
      '<!doctype html>',
      '<title>Allow access?</title>',
      `<p>An application asks for access to the account of ${escapeXml(username)}. (This is an emulator.)</p>`,
      link('allow', 'Allow'),
      link('deny', 'Deny'),
      '',
    ].join('\n'),
  );
}
