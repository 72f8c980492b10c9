/** One person: what is known, what happened, and what was decided about them. */
@NullMarked
package dev.earshot.portal.people;

import org.jspecify.annotations.NullMarked;
