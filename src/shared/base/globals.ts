/**
 * What the declarations need of the platform. They must compile in projects without `@types/node` and with any `lib`, so a
 * global type is used where there is one, and none is required.
 */
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
}

/** The objects of a global class, or nothing where that class is not declared. */
type Instance<Name extends string> = typeof globalThis extends { readonly [N in Name]: { readonly prototype: infer T } }
  ? T
  : never;

/** The global `AbortSignal`. */
export type Signal = Instance<'AbortSignal'>;

/** The global `URL`. */
export type UrlObject = Instance<'URL'>;

/** The global `Blob`. A `File` is one. */
export type BlobObject = Instance<'Blob'>;
