/**
 * Messages written in Liquid, by people who are not trusted with more than words.
 *
 * <pre>
 * source ── Liqp's grammar ──► LiquidCompiler ──► nodes ── Scope(data, budget) ──► text, escaped
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.earshot.channel.template;
