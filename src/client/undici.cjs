// What dist/undici.js is bundled from: the parts of undici that transport.ts uses. All of undici would be twice as
// large and take twice as long to load, with its fetch, streams, caches, mocks and WebSocket that nothing here needs.
// The paths are undici's own, not its interface: should they move with a new version, the build fails.
// So package.json pins one version. It stays at 7: undici 8 needs a newer Node.js than our oldest VS Code brings.
'use strict';

const Dispatcher = require('undici/lib/dispatcher/dispatcher.js');

// As undici's index does: this is where `connect` of every dispatcher comes from.
Dispatcher.prototype.connect = require('undici/lib/api/api-connect.js');

module.exports = {
  Agent: require('undici/lib/dispatcher/agent.js'),
  Pool: require('undici/lib/dispatcher/pool.js'),
  buildConnector: require('undici/lib/core/connect.js'),
};
