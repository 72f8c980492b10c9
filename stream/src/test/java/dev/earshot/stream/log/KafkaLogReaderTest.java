package dev.earshot.stream.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.earshot.event.Json;
import dev.earshot.event.Subject;
import dev.earshot.stream.LogReader;
import dev.earshot.stream.LogReader.Entry;
import dev.earshot.stream.TestBroker;
import dev.earshot.stream.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaLogReaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static LogProducer producer;

  private final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);
  private final Subject ada = Subject.user(workspace, "ada");
  private final LogReader reader = new KafkaLogReader(TestBroker.cluster());

  @BeforeAll
  static void open() {
    producer = new LogProducer(TestBroker.cluster(), new SimpleMeterRegistry());
  }

  @AfterAll
  static void close() {
    producer.close();
  }

  @Test
  void theLatestOfASubjectComeNewestFirst() {
    keep(ada, 5);
    keep(Subject.user(workspace, "bob"), 5);

    var page = reader.latest(Topic.MAILBOX, ada, _ -> true, 3, PATIENCE);

    assertEquals(List.of("ada-4", "ada-3", "ada-2"), ids(page.entries()));
    assertTrue(page.complete());
    assertEquals("mail", page.entries().getFirst().kind());
    assertEquals(ada.key(), page.entries().getFirst().key());
  }

  @Test
  void whatIsFarBackIsFoundToo() {
    keep(ada, 3000);

    var page =
        reader.latest(
            Topic.MAILBOX, ada, entry -> entry.json().contains("\"ada-1\""), 10, PATIENCE);

    assertEquals(List.of("ada-1"), ids(page.entries()));
    assertTrue(page.complete());
  }

  @Test
  void timeThatIsUpGivesWhatThereIs() {
    keep(ada, 10);

    var page = reader.latest(Topic.MAILBOX, ada, _ -> true, 10, Duration.ZERO);

    assertEquals(new LogReader.Page(List.of(), false), page);
  }

  @Test
  void theLatestOfAllSubjectsComeNewestFirst() {
    keep(ada, 1);
    keep(Subject.user(workspace, "bob"), 1);
    keep(Subject.user(workspace, "eve"), 1);

    var page =
        reader.latest(Topic.MAILBOX, entry -> entry.key().startsWith(workspace), 2, PATIENCE);

    assertEquals(2, page.entries().size());
    assertEquals("eve-0", ids(page.entries()).getFirst());
  }

  @Test
  void aFollowerFromTheBeginningSeesAllAndIsToldWhenThereIsNoMore() {
    keep(ada, 3);

    var seen = new ArrayList<Entry>();
    reader.follow(Topic.MAILBOX, true, visitor(seen, Integer.MAX_VALUE, false));

    assertEquals(List.of("ada-0", "ada-1", "ada-2"), ids(seen));
  }

  @Test
  void aFollowerSeesWhatComesUntilItHasEnough() {
    var seen = new ArrayList<Entry>();
    var following = new CompletableFuture<Void>();
    var watching = new CompletableFuture<Void>();
    Thread.ofVirtual()
        .start(() -> {
          var visitor = visitor(seen, 2, true);
          reader.follow(
              Topic.MAILBOX,
              false,
              new LogReader.Visitor() {
                @Override
                public boolean visit(Entry entry) {
                  return visitor.visit(entry);
                }

                @Override
                public boolean caughtUp() {
                  watching.complete(null);
                  return visitor.caughtUp();
                }
              });
          following.complete(null);
        });
    watching.orTimeout(30, TimeUnit.SECONDS).join();

    keep(ada, 5);

    following.orTimeout(30, TimeUnit.SECONDS).join();
    assertEquals(List.of("ada-0", "ada-1"), ids(seen));
  }

  private LogReader.Visitor visitor(List<Entry> seen, int enough, boolean wait) {
    return new LogReader.Visitor() {
      @Override
      public boolean visit(Entry entry) {
        if (entry.key().startsWith(workspace)) {
          seen.add(entry);
        }
        return seen.size() < enough;
      }

      @Override
      public boolean caughtUp() {
        return wait;
      }
    };
  }

  private static void keep(Subject subject, int count) {
    var mailbox = new MailboxLog(producer);
    CompletableFuture.allOf(
            IntStream.range(0, count)
                .mapToObj(n -> mailbox.keep(subject, "m" + n, mail(subject.id() + "-" + n)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static byte[] mail(String id) {
    return ("{\"kind\":\"mail\",\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream()
        .map(entry ->
            Json.parseFields(entry.json().getBytes(StandardCharsets.UTF_8)).get("id").shown())
        .toList();
  }
}
