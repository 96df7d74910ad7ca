/** How answers look: tables for people, YAML and templates for programs. Knows no command and no server. */
@NullMarked
package bricklayer.tools.output;

import org.jspecify.annotations.NullMarked;
