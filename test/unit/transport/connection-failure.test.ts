import { describe, expect, it } from 'vitest';
import { connectionFailure, isTransient } from '../../../src/async/transport/connection-failure.ts';

const error = (code: string, message = `connect ${code}`) => Object.assign(new Error(message), { code });

describe('a failed connection', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'ENOTFOUND',
    'ENETDOWN',
    'ENETUNREACH',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    // The response was cut short.
    'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  ])('may be over in a moment after %s', (code) => {
    expect(isTransient(connectionFailure(error(code)))).toBe(true);
  });

  it.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'HPE_INVALID_CONSTANT', ''])(
    'will be the same again after %s',
    (code) => {
      expect(isTransient(connectionFailure(error(code)))).toBe(false);
      expect(isTransient(connectionFailure(new Error('without a code')))).toBe(false);
    },
  );

  it('is transient for no other kind of failure', () => {
    expect(isTransient({ ...connectionFailure(error('ECONNRESET')), kind: 'timeout' })).toBe(false);
  });

  it('has the message and the code of its error, which is the cause', () => {
    const failure = connectionFailure(error('ECONNRESET', 'read ECONNRESET'));
    const cause = { name: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET' };
    expect(failure).toMatchObject({ kind: 'connection', message: 'read ECONNRESET', code: 'ECONNRESET', cause });
  });

  it('says what Node.js denies under its permissions', () => {
    const denied = Object.assign(error('ERR_ACCESS_DENIED', 'Access to this API has been restricted'), {
      permission: 'Net',
    });
    expect(connectionFailure(denied).message).toBe('the permission model of Node.js denied it');
  });

  it('has the message and the code of the first address if all addresses of a host failed', () => {
    const failed = new AggregateError([
      error('ECONNREFUSED', 'connect ::1'),
      error('ENETUNREACH', 'connect 127.0.0.1'),
    ]);
    expect(connectionFailure(failed)).toMatchObject({ message: 'connect ::1', code: 'ECONNREFUSED' });
  });

  it.each(['EMFILE', 'ENFILE'])('says that too many files are open, where that is the reason: %s', (code) => {
    const failure = connectionFailure(new Error('connect', { cause: error(code) }));
    expect(failure).toMatchObject({ code, message: expect.stringContaining(`are open (${code})`) });
  });

  it('is named by its code, or else by its class, if it has no message', () => {
    expect(connectionFailure(error('EPIPE', ''))).toMatchObject({ message: 'EPIPE', code: 'EPIPE' });
    expect(connectionFailure(new RangeError(''))).toMatchObject({ message: 'RangeError', code: undefined });
  });
});
