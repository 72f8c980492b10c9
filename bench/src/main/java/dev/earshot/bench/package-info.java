/**
 * The benchmarks: a user of the product, over HTTP, with a clock, a ledger and a sink of its own.
 *
 * <pre>
 *   OpenLoop ──requests──► server ──webhooks──► Sink
 *      │                     │                   │
 *      └─answers──► Ledger   └─facts──► Checker ◄┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench;
