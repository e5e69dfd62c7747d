// Stands in for the native module `@vscode/spdlog`, which needs a C++ compiler to install.
// It keeps the same interface and writes every line at once, without rotation: test runs are short.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

exports.version = 0;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;

class Logger {
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.level = 2;
    this.bare = false;
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.bare = true;
  }
  flush() {}
  drop() {}

  write(level, message) {
    if (level < this.level) {
      return;
    }
    fs.appendFileSync(this.file, this.bare ? message : `${timestamp()} [${names[level]}] ${message}\n`);
  }
}

function timestamp() {
  return new Date().toISOString().replace('T', ' ').replace('Z', '');
}

exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
