package dev.earshot.stream.log;

import dev.earshot.event.JsonWriter;
import dev.earshot.stream.Quarantined;

/** The JSON form of what is kept in quarantine. */
public final class QuarantinedJson {

  public static final String KIND = "quarantined";

  private QuarantinedJson() {}

  public static byte[] write(Quarantined quarantined) {
    return new JsonWriter(256 + quarantined.document().json().length)
        .open()
        .member("kind", KIND)
        .member("id", quarantined.id())
        .member("workspace", quarantined.workspace())
        .member("source", quarantined.source())
        .member("code", quarantined.code())
        .member("reason", quarantined.reason())
        .member("receivedAt", quarantined.receivedAt())
        .name("document")
        .raw(quarantined.document().json())
        .close()
        .bytes();
  }

  /** Under which key it stands: no subject's, since it may have none. */
  public static String key(Quarantined quarantined) {
    return quarantined.workspace() + "|q:" + quarantined.id();
  }
}
