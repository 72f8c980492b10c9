/**
 * From files to published definitions.
 *
 * <pre>
 *   SourceFile ──YamlReader──► Document (value + where each part stands)
 *        ──BodyCheck of its kind, References──► faults with file, line and column
 *        ──compare with DefinitionStore──► Change (create, update, unchanged, retire, diff)
 *        ──Publications──► one transaction
 * </pre>
 */
@NullMarked
package dev.earshot.portal.publishing;

import org.jspecify.annotations.NullMarked;
