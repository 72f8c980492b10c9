/** Looks at this machine and at the server, and says what is wrong and what to do about it. */
@org.jspecify.annotations.NullMarked
package dev.earshot.app.doctor;
