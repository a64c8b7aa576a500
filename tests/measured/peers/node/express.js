// The peer on Express.
import { readFileSync } from 'node:fs';

import express from 'express';

import { verify } from './verify.js';

const app = express();

// The signature is over the bytes.
app.post('/webhooks/signed', express.raw({ type: 'application/json', limit: '1mb' }), (request, response) => {
  if (!verify(request.headers, request.body)) return response.sendStatus(401);
  let event;
  try {
    event = JSON.parse(request.body);
  } catch {
    return response.sendStatus(422);
  }
  if (typeof event?.type !== 'string') return response.sendStatus(422);
  response.set('cache-control', 'no-store').json({ status: 'accepted' });
});

const { version } = JSON.parse(readFileSync(new URL('node_modules/express/package.json', import.meta.url)));
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(`listening on http://127.0.0.1:${port}, Express ${version} on Node ${process.versions.node}`);
});
