import type { Reply } from './reply';

/** What a hotel or company network answers instead of the cloud. */
export const captivePortal: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html>
<html lang="en"><head><title>Network sign-in</title></head>
<body><h1>Welcome</h1><form action="/login"><input name="room"><button>Connect</button></form></body></html>`,
};

/** What a gateway answers when nothing behind it does. */
export const unavailable: Reply = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
};

export const emptyBody: Reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
