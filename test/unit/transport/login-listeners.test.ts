import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LoginListeners } from '../../../src/async/transport/login-listeners.ts';

/** A login whose listener waits for the browser. */
async function listen(listeners: LoginListeners): Promise<string> {
  const result = await listeners.run({ type: 'listen', port: 0, timeout: 5000 });
  if (result.type !== 'listening') throw new Error(`${result.type} rather than listening`);
  return result.redirectUri;
}

/** Returns in a browser. Resolves to the page. */
function visit(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const browser = request(url, (response) => {
      let page = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        page += text;
      });
      response.on('end', () => resolve(page));
    });
    browser.on('error', reject).end();
  });
}

describe('the listeners of logins', () => {
  it('are told apart by their redirect URIs', async () => {
    const listeners = new LoginListeners();
    const uris = [await listen(listeners), await listen(listeners)];
    const pages = uris.map((uri, index) => visit(`${uri}?code=code-${index}`));
    for (const [index, redirectUri] of uris.entries()) {
      const received = await listeners.run({ type: 'receive', redirectUri });
      expect(received).toMatchObject({ type: 'redirected', code: `code-${index}`, error: null });
    }
    for (const redirectUri of uris) {
      expect(await listeners.run({ type: 'respond', redirectUri, failure: null })).toEqual({ type: 'responded' });
    }
    for (const page of pages) expect(await page).toContain('Logged in');
  });

  it('are forgotten once they have responded', async () => {
    const listeners = new LoginListeners();
    const redirectUri = await listen(listeners);
    await listeners.run({ type: 'respond', redirectUri, failure: 'no access' });
    await expect(visit(`${redirectUri}?code=late`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    for (const type of ['receive', 'respond'] as const) {
      const result = await listeners.run({ type, redirectUri, failure: null });
      expect(result).toMatchObject({ type: 'failure', kind: 'closed' });
    }
  });

  it('are not kept if their port is taken', async () => {
    const listeners = new LoginListeners();
    const redirectUri = await listen(listeners);
    onTestFinished(() => void listeners.run({ type: 'respond', redirectUri, failure: null }));
    const port = Number(new URL(redirectUri).port);
    expect(await listeners.run({ type: 'listen', port, timeout: 5000 })).toMatchObject({ code: 'EADDRINUSE' });
  });
});
