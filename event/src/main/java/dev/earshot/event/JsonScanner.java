package dev.earshot.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one JSON document from value to value, and makes objects only of what it is asked
 * for. The kind of a value is asked for before anything else of it. What RFC 8259 does not allow
 * throws {@link Json.Malformed}; what it allows and we do not is a {@link Breach}, behind which the
 * document is read on. The bytes are to be UTF-8: whoever hands in a stranger's document has
 * looked.
 */
public final class JsonScanner {

  /** What a value is. */
  public enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    NULL
  }

  /** How a value that is JSON passes our limits, and the sentence that says so. */
  public enum Breach {
    TOO_DEEP("objects and arrays stand at most " + Json.DEPTH_MAX + " deep"),
    LONG_TEXT("a text holds at most " + Json.STRING_LENGTH_MAX + " bytes"),
    LONG_NAME("a name holds at most " + Json.NAME_LENGTH_MAX + " bytes"),
    NAME_TWICE("a name stands twice in an object"),
    LONG_NUMBER("a number holds at most " + Json.NUMBER_LENGTH_MAX + " characters"),
    LARGE_NUMBER("a number is larger than a double can hold");

    private final String sentence;

    Breach(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long SPACES = 0x2020202020202020L;

  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final byte[] document;
  private final JsonNames expected;
  private final JsonNamesSeen seen;
  private int at;
  private boolean entered;
  private int nameFrom;
  private int nameTo;
  private int nameHash;
  private boolean nameEscaped;
  private @Nullable Breach breach;

  /**
   * @param expected the names that will be asked for
   */
  public JsonScanner(byte[] document, JsonNames expected) {
    this.document = document;
    this.expected = expected;
    this.seen = new JsonNamesSeen(document);
  }

  /** What the next value is. */
  public Kind kind() {
    return switch (next()) {
      case '{' -> Kind.OBJECT;
      case '[' -> Kind.ARRAY;
      case '"' -> Kind.TEXT;
      case 't' -> Kind.TRUE;
      case 'f' -> Kind.FALSE;
      case 'n' -> Kind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
      default -> throw malformed("a value is expected");
    };
  }

  /** Where the next value begins once its kind was asked for, and the last one ended before. */
  public int position() {
    return at;
  }

  /** Goes into the next value, which is an object or an array. */
  public void enter() {
    at++;
    if (seen.depth() == Json.DEPTH_MAX) {
      note(Breach.TOO_DEEP);
    }
    seen.enter();
    entered = true;
  }

  /** Goes to the value of the object's next member; false, and out of the object, at its end. */
  public boolean nextMember() {
    if (isLeft('}')) {
      return false;
    }
    if (next() != '"') {
      throw malformed("a name in quotes is expected");
    }
    passName();
    if (next() != ':') {
      throw malformed("a colon is expected behind a name");
    }
    at++;
    return true;
  }

  /** Goes to the array's next value; false, and out of the array, at its end. */
  public boolean nextItem() {
    return !isLeft(']');
  }

  /** The name of the member whose value comes next. */
  public String name() {
    if (nameEscaped) {
      return decoded(nameFrom, nameTo);
    }
    var known = expected.find(document, nameFrom, nameTo, nameHash);
    return known == null ? plain(nameFrom, nameTo) : known;
  }

  /** Whether the member whose value comes next has that name, which is one of the expected. */
  public boolean isNamed(String name) {
    return nameEscaped
        ? name().equals(name)
        : name.equals(expected.find(document, nameFrom, nameTo, nameHash));
  }

  /** Passes the next value, which is a text or a number, and returns it as it is meant. */
  public String text() {
    if (document[at] != '"') {
      int from = at;
      passNumber();
      return plain(from, at);
    }
    int from = at + 1;
    boolean escaped = passText();
    return escaped ? decoded(from, at - 1) : plain(from, at - 1);
  }

  /** Passes the next value, whatever it holds. */
  public void pass() {
    switch (kind()) {
      case OBJECT -> passObject();
      case ARRAY -> passArray();
      case TEXT -> passText();
      case NUMBER -> passNumber();
      case TRUE -> passWord(TRUE);
      case FALSE -> passWord(FALSE);
      case NULL -> passWord(NULL);
    }
  }

  /** The first breach that was passed since this was last asked. */
  public Optional<Breach> breach() {
    var found = Optional.ofNullable(breach);
    breach = null;
    return found;
  }

  /** Requires that nothing more comes. */
  public void end() {
    while (at < document.length) {
      if (!isSpace(document[at])) {
        throw malformed("there is more after the end of the document");
      }
      at++;
    }
  }

  private void passObject() {
    if (seen.depth() == Json.DEPTH_MAX) {
      passTooDeep();
      return;
    }
    enter();
    while (nextMember()) {
      pass();
    }
  }

  private void passArray() {
    if (seen.depth() == Json.DEPTH_MAX) {
      passTooDeep();
      return;
    }
    enter();
    while (nextItem()) {
      pass();
    }
  }

  /** In a loop: nobody knows how deep it goes. */
  private void passTooDeep() {
    var objects = new BitSet();
    do {
      var kind = kind();
      if (kind == Kind.OBJECT || kind == Kind.ARRAY) {
        enter();
        objects.set(seen.depth(), kind == Kind.OBJECT);
      } else {
        pass();
      }
      while (seen.depth() > Json.DEPTH_MAX && !isFollowed(objects.get(seen.depth()))) {}
    } while (seen.depth() > Json.DEPTH_MAX);
  }

  private boolean isFollowed(boolean inObject) {
    return inObject ? nextMember() : nextItem();
  }

  private void note(Breach found) {
    breach = breach == null ? found : breach;
  }

  /** Whether this was the end; else the comma is passed that stands before all but the first. */
  private boolean isLeft(char bracket) {
    int next = next();
    if (next == bracket) {
      at++;
      seen.leave();
      entered = false;
      return true;
    }
    if (!entered) {
      if (next != ',') {
        throw malformed("a comma or " + bracket + " is expected");
      }
      at++;
    }
    entered = false;
    return false;
  }

  private void passName() {
    int from = at + 1;
    nameEscaped = passText();
    nameFrom = from;
    nameTo = at - 1;
    nameHash = JsonNames.hash(document, from, nameTo);
    if (nameTo - from > Json.NAME_LENGTH_MAX) {
      note(Breach.LONG_NAME);
    }
    boolean isNew = nameEscaped ? seen.add(name()) : seen.add(from, nameTo, nameHash);
    if (!isNew) {
      note(Breach.NAME_TWICE);
    }
  }

  /** Goes behind the quote that ends a text; returns whether an escape stands in it. */
  private boolean passText() {
    int from = ++at;
    boolean escaped = false;
    while (true) {
      passPlain();
      int next = at < document.length ? document[at] : -1;
      if (next == '"') {
        break;
      }
      if (next != '\\') {
        throw malformed(next < 0 ? "a text does not end" : "a control character is not escaped");
      }
      passEscape();
      escaped = true;
    }
    if (at - from > Json.STRING_LENGTH_MAX) {
      note(Breach.LONG_TEXT);
    }
    at++;
    return escaped;
  }

  /** Goes to the next quote, backslash or control character, eight bytes at a time. */
  private void passPlain() {
    var bytes = document;
    int place = at;
    while (place + 8 <= bytes.length) {
      long marks = marks((long) LONG.get(bytes, place));
      if (marks != 0) {
        at = place + (Long.numberOfTrailingZeros(marks) >> 3);
        return;
      }
      place += 8;
    }
    while (place < bytes.length && isPlain(bytes[place])) {
      place++;
    }
    at = place;
  }

  private static boolean isPlain(byte b) {
    return b != '"' && b != '\\' && (b & 0xff) >= ' ';
  }

  /** The high bit of the first byte that is a quote, a backslash or a control character. */
  private static long marks(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    long found =
        ((quote - LOW_BITS) & ~quote)
            | ((backslash - LOW_BITS) & ~backslash)
            | ((eight - SPACES) & ~eight);
    return found & HIGH_BITS;
  }

  private void passEscape() {
    int escape = at + 1 < document.length ? document[at + 1] : -1;
    switch (escape) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> {
        if (at + 6 > document.length || unit(at + 2) < 0) {
          throw malformed("four hexadecimal digits are expected in an escape");
        }
        at += 6;
      }
      default -> throw malformed("there is no such escape");
    }
  }

  /** Four hexadecimal digits; negative when they are none. */
  private int unit(int from) {
    int unit = 0;
    for (int digit = from; digit < from + 4; digit++) {
      int value = Character.digit(document[digit], 16);
      if (value < 0) {
        return -1;
      }
      unit = unit * 16 + value;
    }
    return unit;
  }

  private void passNumber() {
    int from = at;
    at += document[at] == '-' ? 1 : 0;
    if (at < document.length && document[at] == '0') {
      at++;
    } else {
      passDigits();
    }
    if (at < document.length && document[at] == '.') {
      at++;
      passDigits();
    }
    if (at < document.length && (document[at] == 'e' || document[at] == 'E')) {
      passExponent(from);
    }
    if (at - from > Json.NUMBER_LENGTH_MAX) {
      note(Breach.LONG_NUMBER);
    }
    requireEnd();
  }

  private void passExponent(int from) {
    at++;
    if (at < document.length && (document[at] == '+' || document[at] == '-')) {
      at++;
    }
    passDigits();
    boolean isShort = at - from <= Json.NUMBER_LENGTH_MAX;
    if (isShort && Double.isInfinite(Double.parseDouble(plain(from, at)))) {
      note(Breach.LARGE_NUMBER);
    }
  }

  private void passDigits() {
    int from = at;
    while (at < document.length && document[at] >= '0' && document[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw malformed("a digit is expected");
    }
  }

  private void passWord(byte[] word) {
    int to = at + word.length;
    if (to > document.length || !Arrays.equals(document, at, to, word, 0, word.length)) {
      throw malformed("a value is expected");
    }
    at = to;
    requireEnd();
  }

  /** Behind a number or a word stands nothing that could be a part of it. */
  private void requireEnd() {
    boolean ended =
        at == document.length
            || document[at] == ','
            || document[at] == '}'
            || document[at] == ']'
            || isSpace(document[at]);
    if (!ended) {
      throw malformed("a comma or the end of an object or array is expected");
    }
  }

  /** The next byte that is no space. */
  private int next() {
    var bytes = document;
    for (int place = at; place < bytes.length; place++) {
      byte b = bytes[place];
      if (b > ' ' || !isSpace(b)) {
        at = place;
        return b;
      }
    }
    at = bytes.length;
    throw malformed(at == 0 ? "the document is empty" : "the document ends too early");
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private String plain(int from, int to) {
    return new String(document, from, to - from, StandardCharsets.UTF_8);
  }

  /** A text whose escapes are all well-formed, though one may stand for half a character. */
  private String decoded(int from, int to) {
    var text = new StringBuilder(to - from);
    int copied = from;
    int next = from;
    while (next < to) {
      if (document[next] != '\\') {
        next++;
        continue;
      }
      text.append(plain(copied, next));
      boolean isUnit = document[next + 1] == 'u';
      text.append(isUnit ? (char) unit(next + 2) : meant(document[next + 1]));
      next += isUnit ? 6 : 2;
      copied = next;
    }
    return text.append(plain(copied, to)).toString();
  }

  private static char meant(byte escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> (char) escape;
    };
  }

  private Json.Malformed malformed(String reason) {
    int line = 1;
    int column = 1;
    for (int passed = 0; passed < Math.min(at, document.length); passed++) {
      boolean newline = document[passed] == '\n';
      boolean continuation = (document[passed] & 0xc0) == 0x80;
      line += newline ? 1 : 0;
      column = newline ? 1 : column + (continuation ? 0 : 1);
    }
    return new Json.Malformed(reason + " (line " + line + ", column " + column + ")");
  }
}
