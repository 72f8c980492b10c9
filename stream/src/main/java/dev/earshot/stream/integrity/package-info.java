/** Whether the log still holds all that was written to it, from one start to the next. */
@NullMarked
package dev.earshot.stream.integrity;

import org.jspecify.annotations.NullMarked;
