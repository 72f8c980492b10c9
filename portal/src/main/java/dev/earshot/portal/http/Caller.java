package dev.earshot.portal.http;

/** Who is calling, as far as the key says. */
public sealed interface Caller {

  /** The holder of an admin key: all they see and change is of that key's workspace. */
  record Admin(String workspace, String keyId) implements Caller {

    /** How the caller is named in what they publish and order: {@code key:Ab12Cd34}. */
    public String signature() {
      return "key:" + keyId;
    }
  }

  /** The holder of a key that may only write events. */
  record WriteOnly(String keyId) implements Caller {}

  /** Somebody with a key that nobody gave out, or that was revoked. */
  record Unknown() implements Caller {}

  /** Somebody without a key. */
  record Anonymous() implements Caller {}
}
