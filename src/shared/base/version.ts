/** Version of this package. A test holds it to `package.json`, so that no JSON is read at run time. */
export const VERSION = '0.1.0';
