/** Write, server and admin keys: who holds one, how one is made, and how it ends. */
@NullMarked
package dev.earshot.portal.key;

import org.jspecify.annotations.NullMarked;
