/** What was measured, and the three forms in which it is told: text, JSON and a page. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.report;
