/**
 * Loads a server, does it harm, and compares what it promised with what came of it.
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
package dev.earshot.bench.proof;
