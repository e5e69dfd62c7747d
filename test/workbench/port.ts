import { createServer } from 'node:net';

/** The port a caller asks for in PORT; nothing when any free one will do. */
export async function requestedPort(text: string | undefined): Promise<number | undefined> {
  if (text === undefined || text === '') {
    return undefined;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT must be a number from 1 to 65535, not "${text}".`);
  }
  if (!(await isFree(port))) {
    throw new Error(`Port ${port} is taken. Set PORT to another one, or leave it out to use any free port.`);
  }
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
