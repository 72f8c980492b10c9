package dev.earshot.portal.log;

import dev.earshot.event.Json;
import dev.earshot.event.JsonWriter;
import dev.earshot.stream.LogReader.Entry;
import java.nio.charset.StandardCharsets;

/** A record of the log as the API shows it: where it stands, and its value. */
public final class EntryJson {

  private EntryJson() {}

  /** One object on one line. */
  public static byte[] line(Entry entry) {
    var writer = new JsonWriter(entry.json().length() + 160);
    write(writer, entry);
    return writer.bytes();
  }

  public static void write(JsonWriter writer, Entry entry) {
    writer
        .open()
        .member("at", entry.at())
        .member("topic", entry.topic().word())
        .member("partition", entry.partition())
        .member("offset", entry.offset())
        .member("key", entry.key())
        .member("kind", entry.kind())
        .name("value")
        .raw(oneLine(entry.json()))
        .close();
  }

  /** What a client sent is kept as it was sent, line breaks between the members included. */
  private static byte[] oneLine(String json) {
    boolean broken = json.indexOf('\n') >= 0 || json.indexOf('\r') >= 0;
    return broken ? Json.bytes(Json.own(json)) : json.getBytes(StandardCharsets.UTF_8);
  }
}
