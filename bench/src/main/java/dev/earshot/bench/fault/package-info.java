/**
 * Faults that are planted into a server while its classes load. The server itself has none, and no
 * switch for one: what is shipped is what is tested.
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.fault;
