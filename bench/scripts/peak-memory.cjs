const { readFileSync } = require('node:fs');

/**
 * The bytes of memory that this process took at its highest. On Linux, `maxRSS` may be that of the process which started
 * this one: the kernel carries it over. What it says of the memory itself is not.
 */
exports.peakMemory = () => {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kibibytes) * 1024;
};
