// Loaded into each node process of a bench: writes its peak memory in KiB when it ends.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  if (process.env.USAGE_FILE) {
    writeFileSync(process.env.USAGE_FILE, String(process.resourceUsage().maxRSS));
  }
});
