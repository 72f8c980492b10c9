/** The log as people read it: followed as it comes, or the mail that was kept in it. */
@NullMarked
package dev.earshot.portal.log;

import org.jspecify.annotations.NullMarked;
