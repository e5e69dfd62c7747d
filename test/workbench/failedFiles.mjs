/** A reporter of Node's test runner: one line a file whose tests failed. */
export default async function* failedFiles(source) {
  for await (const { type, data } of source) {
    if (type === 'test:fail' && data.nesting === 0 && data.file) yield `${data.file}\n`;
  }
}
