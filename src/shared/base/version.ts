/** Version of this package. A test compares it with `package.json`, so no JSON is read at run time. */
export const VERSION = '0.1.0';
