@org.jspecify.annotations.NullMarked
package dev.earshot.engine.audience;
