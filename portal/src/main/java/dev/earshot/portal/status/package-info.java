/** How this node is, for people, load balancers and monitoring. */
@NullMarked
package dev.earshot.portal.status;

import org.jspecify.annotations.NullMarked;
