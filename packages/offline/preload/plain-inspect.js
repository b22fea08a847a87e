"use strict";
// Loaded before the SDK in every program and pack.
//
// The SDK reports an error with util.inspect in colours. Node 20 then never finishes marking a stack frame that ends in
// `node_modules/@scope/file` (lib/internal/util/inspect.js markNodeModules): it fills the memory for a minute or more. The
// SDK's own source maps produce such frames, so every program that throws while it loads would hang. Colours are taken out of
// messages here anyway.
const util = require("util");

const { inspect } = util;
const plain = function (value, options, ...rest) {
  return inspect(value, options && options.colors ? { ...options, colors: false } : options, ...rest);
};
util.inspect = Object.defineProperties(plain, Object.getOwnPropertyDescriptors(inspect));
