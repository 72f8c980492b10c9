package dev.earshot.bench.micro;

import dev.earshot.event.Event;
import dev.earshot.event.EventJson;
import dev.earshot.event.Origin;
import dev.earshot.gateway.admission.Admission;
import dev.earshot.gateway.admission.Envelope;
import dev.earshot.gateway.admission.Gate;
import dev.earshot.gateway.admission.MessageReader;
import dev.earshot.gateway.admission.Messages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a request to the bytes of the log, for each event of a batch. */
@State(Scope.Thread)
public class GatewayBench {

  private static final int BATCH = 100;

  private final byte[] body = Load.batch(BATCH);
  private final Gate gate = new Gate(new SimpleMeterRegistry());
  private final Envelope envelope =
      new Envelope(
          Load.WORKSPACE,
          "k1",
          Origin.LIVE,
          Load.START,
          "r1",
          null,
          null,
          null,
          false,
          true,
          32_768);
  private final Messages messages = MessageReader.batch(body, BATCH);
  private final Event event = Load.event("e1", "ada-1", "Pricing Viewed", Load.START);
  private final byte[] json = EventJson.write(event);

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Messages read() {
    return MessageReader.batch(body, BATCH);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public List<Admission> admit() {
    return gate.admit(messages.messages(), envelope);
  }

  @Benchmark
  public byte[] writeEvent() {
    return EventJson.write(event);
  }

  @Benchmark
  public Event readEvent() {
    return EventJson.read(json);
  }
}
