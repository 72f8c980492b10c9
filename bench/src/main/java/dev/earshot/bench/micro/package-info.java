/** The hot paths, each measured alone by JMH: parse, admit, step, codec. */
@org.jspecify.annotations.NullMarked
package dev.earshot.bench.micro;
