// Standard Webhooks with what Node brings. The key is made once.
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

const key = createSecretKey(Buffer.from(process.env.SIGNED_SECRET.replace(/^whsec_/, ''), 'base64'));
const TOLERANCE = 5 * 60;

export function verify(headers, body) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || !timestamp || !signatures) return false;
  // What is no number is near nothing.
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE;
  if (!isFresh) return false;
  const tag = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    if (!signature.startsWith('v1,')) return false;
    const sent = Buffer.from(signature.slice(3), 'base64');
    return sent.length === tag.length && timingSafeEqual(sent, tag);
  });
}
