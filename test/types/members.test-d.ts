/** That both modes have the same members, as types. Compiled by `npm run types`, never run. */
import type { Cloudcast, Mixcloud, MixcloudOAuth, Resource, ResourceList, User } from 'mixcloud-client';
import type { MixcloudOAuthSync, MixcloudSync, ResourceListSync, ResourceSync } from 'mixcloud-client/sync';
import { describe, expectTypeOf, test } from 'vitest';

/** Names that a type lists, without an index signature. */
type Names<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] };
/** What the methods of a type give. */
type Outcomes<T> = {
  [K in Names<T> & string]: T[K] extends (...input: never[]) => infer R ? R : never;
}[Names<T> & string];
/** Names of methods that give a promise, or what may be one. */
type Promising<T> = {
  [K in Names<T> & string]: T[K] extends (...input: never[]) => infer R
    ? Extract<R, PromiseLike<unknown>> extends never
      ? never
      : K
    : never;
}[Names<T> & string];
type ArrayMethods = Names<readonly unknown[]>;
type MethodNames<T> = {
  [K in Names<T> & string]: T[K] extends (...input: never[]) => unknown ? K : never;
}[Names<T> & string];

describe('both modes', () => {
  test('have the same members', () => {
    expectTypeOf<Exclude<Names<Mixcloud>, typeof Symbol.asyncDispose>>().toEqualTypeOf<
      Exclude<Names<MixcloudSync>, typeof Symbol.dispose>
    >();
    expectTypeOf<Names<MixcloudOAuth>>().toEqualTypeOf<Names<MixcloudOAuthSync>>();
    expectTypeOf<Names<Resource>>().toEqualTypeOf<Names<ResourceSync>>();
    expectTypeOf<Names<Resource<User>>>().toEqualTypeOf<Names<ResourceSync<User>>>();
    expectTypeOf<Names<ResourceList>>().toEqualTypeOf<Names<ResourceListSync>>();
  });

  test('have the methods of the contract', () => {
    expectTypeOf<'getMany' | 'unlistenLater' | 'close' | 'edit'>().toExtend<MethodNames<MixcloudSync>>();
    expectTypeOf<'load' | 'connection'>().toExtend<MethodNames<ResourceSync>>();
    expectTypeOf<'unlistenLater' | 'edit' | 'oembed' | 'similar'>().toExtend<MethodNames<ResourceSync<Cloudcast>>>();
    expectTypeOf<'unfollow' | 'oembed' | 'playlists'>().toExtend<MethodNames<ResourceSync<User>>>();
    expectTypeOf<'next' | 'previous' | 'all' | 'loadAll'>().toExtend<MethodNames<ResourceListSync>>();
  });
});

describe('the blocking mode', () => {
  test('has no method that gives a promise', () => {
    expectTypeOf<Promising<MixcloudSync>>().toBeNever();
    expectTypeOf<Promising<MixcloudOAuthSync>>().toBeNever();
    expectTypeOf<Promising<ResourceSync>>().toBeNever();
    expectTypeOf<Promising<ResourceSync<User>>>().toBeNever();
    expectTypeOf<Promising<ResourceListSync>>().toBeNever();
    expectTypeOf<Extract<Outcomes<ResourceSync<User>>, AsyncIterable<unknown>>>().toBeNever();
  });
});

describe('the asynchronous mode', () => {
  test('gives a promise from every method but those that send nothing', () => {
    expectTypeOf<Exclude<MethodNames<Mixcloud>, Promising<Mixcloud>>>().toEqualTypeOf<
      // Its overloads are generic: no result can be inferred from them. `results.test-d.ts` has its results.
      'toJSON' | 'jsonDecoder' | 'withOptions' | 'get'
    >();
    expectTypeOf<Exclude<MethodNames<MixcloudOAuth>, Promising<MixcloudOAuth>>>().toEqualTypeOf<'toJSON'>();
    expectTypeOf<Exclude<MethodNames<Resource<User>>, Promising<Resource<User>>>>().toEqualTypeOf<
      'toJSON' | 'toString' | 'items' | 'keys' | 'values'
    >();
    expectTypeOf<Exclude<MethodNames<ResourceList>, Promising<ResourceList> | ArrayMethods>>().toEqualTypeOf<
      'toJSON' | 'all'
    >();
  });
});
