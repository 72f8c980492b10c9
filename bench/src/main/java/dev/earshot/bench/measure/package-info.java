/** What the report measures, each figure beside its limit, and the commands that measure one. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.measure;
