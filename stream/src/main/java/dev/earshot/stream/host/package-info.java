/**
 * The host of the machines: one sub-topology, so that all that is decided about a subject is one
 * task and one transaction.
 *
 * <pre>
 *   [events] ──► EventsIntake ──► users: MachineProcessor ──┐
 *                     │                   │ a Delivery      │
 *                     │ tick, activation  ▼                 ├──► [facts] [decisions] [attempts]
 *                     └──────────► deliveries:              │    [events] [quarantine]
 *   [outcomes] ──► OutcomesIntake ──► MachineProcessor ─────┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.host;
