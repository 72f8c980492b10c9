/**
 * The ways out of Earshot, and what takes each attempt through one of them.
 *
 * <pre>
 * AttemptQueue ──► Sender ── Preparation ──► Lane ──► Channel ──► the world
 *      ▲             │       (ours)          (8 at    (theirs)       │
 *      └── Outcome ◄─┴──────────────────────  once) ◄────────────────┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.channel;
