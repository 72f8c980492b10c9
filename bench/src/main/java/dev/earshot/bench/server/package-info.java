/** The server that is measured or proved: its process, its API, its keys, its log. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.server;
