// Stands in for the native module `@vscode/native-watchdog`, which needs a C++ compiler to install.
// Like the original, it ends this process once the process it watches is gone.
'use strict';
const { setInterval } = require('node:timers');

const goneCode = 87;

exports.start = (pid) => {
  const timer = setInterval(() => {
    if (!isAlive(pid)) {
      process.exit(goneCode);
    }
  }, 1000);
  timer.unref();
};

exports.exit = (code) => process.exit(code || 0);

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
