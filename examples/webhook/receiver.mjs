// Receives webhooks and checks their signatures by the Standard Webhooks scheme, without any
// dependency: node receiver.mjs whsec_…
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const TOLERANCE_SECONDS = 5 * 60;
const PORT = 9090;

const secret = process.argv[2] ?? process.env.WEBHOOK_SECRET;
if (!secret?.startsWith('whsec_')) {
  console.error('Usage: node receiver.mjs whsec_…   (the secret that ./earshot apply printed)');
  process.exit(2);
}
const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
const seen = new Set();

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const id = request.headers['webhook-id'];
  if (!isGenuine(request.headers, body)) {
    console.log(`refused ${id}: the signature is not right`);
    response.writeHead(401).end();
    return;
  }
  // The same id is the same message, however often it is delivered.
  console.log(`${seen.has(id) ? 'again' : 'received'} ${id}\n${body}\n`);
  seen.add(id);
  response.writeHead(204).end();
}).listen(PORT, '127.0.0.1', () => console.log(`Waiting at http://127.0.0.1:${PORT}/hooks`));

function isGenuine(headers, body) {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!id || !(age <= TOLERANCE_SECONDS)) {
    return false;
  }
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    const [version, encoded] = signature.split(',');
    const given = Buffer.from(encoded ?? '', 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
