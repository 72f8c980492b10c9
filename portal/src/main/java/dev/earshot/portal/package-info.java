/**
 * The management API and the page at the root. Everything that people and tools ask of Earshot, and
 * every definition they publish, comes through here; the path of events does not.
 *
 * <pre>
 *   Portal ── status      the page, /health, /ready, /metrics, /api/status
 *          ── key         who may call
 *          ── publishing  files to definitions
 *          ── people      one person: profile, timeline, decisions
 *          ── delivery    messages under way and given up, and orders about them
 *          ── log         the log followed; the built-in mailbox
 *          ── http        endpoints, answers, problems
 * </pre>
 */
@NullMarked
package dev.earshot.portal;

import org.jspecify.annotations.NullMarked;
