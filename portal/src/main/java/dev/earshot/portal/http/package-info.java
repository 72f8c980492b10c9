/**
 * How the management API speaks HTTP: endpoints as data, answers as values, problems by RFC 9457.
 *
 * <pre>
 *   request ──► Endpoint (method, path, access) ──► key ──► body (limit, deadline) ──► Action
 *                                                                  on a virtual thread │
 *   response ◄───────── security headers ◄───────── Answer: Whole | Lines ◄────────────┘
 * </pre>
 */
@NullMarked
package dev.earshot.portal.http;

import org.jspecify.annotations.NullMarked;
