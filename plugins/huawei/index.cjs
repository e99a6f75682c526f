// osls loads plugins with require, which cannot read TypeScript on Node 20.
module.exports = require('tsx/cjs/api').require('./src/plugin.ts', __filename).default;
