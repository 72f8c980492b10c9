/**
 * The benchmarks and the proof: a user of the product, over HTTP, with a clock, a ledger and
 * destinations of its own.
 *
 * <pre>
 *                ┌─kills─ Killer
 *                ▼
 *   Load ──► server ──messages──► Receiver
 *    │         │                     │
 *    └─►Ledger └─facts, decisions,   │
 *         │      quarantine─┐        │
 *         └────────────► Evidence ◄──┘ ──► Checks ──► Verdict
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench;
