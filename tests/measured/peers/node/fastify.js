// The peer on Fastify.
import Fastify from 'fastify';

import { verify } from './verify.js';

const app = Fastify();
// The signature is over the bytes.
app.removeContentTypeParser('application/json');
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body));

app.post('/webhooks/signed', async (request, reply) => {
  if (!verify(request.headers, request.body)) return reply.code(401).send();
  let event;
  try {
    event = JSON.parse(request.body);
  } catch {
    return reply.code(422).send();
  }
  if (typeof event?.type !== 'string') return reply.code(422).send();
  return reply.header('cache-control', 'no-store').send({ status: 'accepted' });
});

const address = await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`listening on ${address}, Fastify ${app.version} on Node ${process.versions.node}`);
