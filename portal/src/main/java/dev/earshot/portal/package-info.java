/**
 * The management API and the page at the root. Everything that people and tools ask of Earshot, and
 * every definition they publish, comes through here; the path of events does not.
 *
 * <pre>
 *   Portal ── status      the page, /health, /ready, /metrics, /api/status
 *          ── key         who may call
 *          ── publishing  files to definitions
 *          ── http        endpoints, answers, problems
 * </pre>
 */
@NullMarked
package dev.earshot.portal;

import org.jspecify.annotations.NullMarked;
