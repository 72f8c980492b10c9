/** Messages on their way and messages given up: what an operator sees and orders. */
@NullMarked
package dev.earshot.portal.delivery;

import org.jspecify.annotations.NullMarked;
