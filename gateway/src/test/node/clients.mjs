// Sends one of everything through each client, and says which clients have run: node clients.mjs URL KEY
import { Analytics } from "@segment/analytics-node";
import { CloudEvent, Mode, emitterFor, httpTransport } from "cloudevents";

const [url, key] = process.argv.slice(2);

async function segment() {
  const analytics = new Analytics({ writeKey: key, host: url, maxRetries: 0 });
  const failures = [];
  analytics.on("error", (error) => failures.push(error));
  analytics.identify({ userId: "u1", traits: { plan: "pro" } });
  analytics.track({ userId: "u1", event: "Pricing Viewed", properties: { price: 9.5 } });
  analytics.page({ userId: "u1", name: "Home", properties: { path: "/" } });
  analytics.screen({ anonymousId: "a1", name: "Main" });
  analytics.group({ userId: "u1", groupId: "g1", traits: { employees: 50 } });
  analytics.alias({ userId: "u1", previousId: "a1" });
  await analytics.closeAndFlush();
  if (failures.length > 0) {
    throw new Error(JSON.stringify(failures));
  }
}

async function cloudEvents(mode) {
  const emit = emitterFor(httpTransport(`${url}/v1/cloudevents`), { mode });
  const event = new CloudEvent({
    id: `node-${mode}`,
    source: "/shop",
    type: "com.acme.order.completed",
    subject: "u1",
    data: { total: 12.5 },
  });
  await emit(event, { headers: { authorization: `Bearer ${key}` } });
}

await segment();
console.log("ran @segment/analytics-node");
await cloudEvents(Mode.BINARY);
await cloudEvents(Mode.STRUCTURED);
console.log("ran cloudevents");
