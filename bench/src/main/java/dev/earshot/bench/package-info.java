/**
 * The benchmarks and the proof: a user of the product, over HTTP, with a clock, a ledger and
 * destinations of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench;
