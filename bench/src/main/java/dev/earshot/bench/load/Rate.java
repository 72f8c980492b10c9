package dev.earshot.bench.load;

/** How many events a second were accepted, and how many were refused in all. */
public record Rate(double perSecond, long refused) {

  public String report(String what, Rate raw) {
    var remark = refused == 0 ? "" : "   %,d refused".formatted(refused);
    return "%-36s %,10.0f events/s   %.2f of the raw producer%s%n"
        .formatted(what, perSecond, perSecond / raw.perSecond, remark);
  }
}
