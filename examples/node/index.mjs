// Sends three looks at the prices with the unmodified Segment client.
//   EARSHOT_WRITE_KEY=wk_… node index.mjs
import { Analytics } from '@segment/analytics-node';

const writeKey = process.env.EARSHOT_WRITE_KEY;
if (!writeKey) {
  console.error('Set EARSHOT_WRITE_KEY to the write key that ./earshot up printed.');
  process.exit(2);
}
const host = process.env.EARSHOT_SERVER ?? 'http://127.0.0.1:8080';
const analytics = new Analytics({ writeKey, host });
analytics.on('error', (error) => {
  console.error(`not delivered: ${error.code} ${error.reason ?? ''}`);
  process.exitCode = 1;
});

const userId = process.argv[2] ?? 'grace';
analytics.identify({
  userId,
  traits: {
    email: `${userId}@example.com`,
    firstName: userId[0].toUpperCase() + userId.slice(1),
    plan: 'free',
  },
});
analytics.group({
  userId,
  groupId: 'harbor',
  traits: { name: 'Harbor Logistics', employees: 120 },
});
for (const plan of ['pro', 'team', 'pro']) {
  analytics.track({ userId, event: 'Pricing Viewed', properties: { plan } });
}

await analytics.closeAndFlush({ timeout: 10_000 });
if (!process.exitCode) {
  console.log(`Sent as ${userId} to ${host}. Now: ./earshot mailbox list --to ${userId}@example.com`);
}
