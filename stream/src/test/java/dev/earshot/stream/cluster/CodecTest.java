package dev.earshot.stream.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CodecTest {

  @Test
  void batchesAreCompressedWithSnappy() {
    assertEquals("snappy", Codec.type());
  }

  @Test
  void whereSnappyDoesNotLoadLz4Serves() {
    var type =
        Codec.chosen(() -> {
          throw new UnsatisfiedLinkError("no snappyjava in java.library.path");
        });

    assertEquals("lz4", type);
  }
}
