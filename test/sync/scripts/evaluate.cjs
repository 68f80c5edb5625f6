/** Evaluates its argument, with `require`. */
require('node:vm').runInThisContext(`(require) => { ${process.argv[2]} }`)(require);
