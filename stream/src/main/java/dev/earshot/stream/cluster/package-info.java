/**
 * The Kafka cluster the log is kept in: one inside this process, or the team's own. Everything
 * above knows only {@link dev.earshot.stream.cluster.Cluster}, how to reach it.
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.stream.cluster;
