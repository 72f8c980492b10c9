/**
 * Webhooks: signed as Standard Webhooks wants it, and sent to no address that was not looked at.
 *
 * <pre>
 * Destination ──► TargetGuard (resolve once, judge every address) ──► WebhookClient (that address)
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.channel.webhook;
