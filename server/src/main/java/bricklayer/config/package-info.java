/**
 * Heketi's {@code heketi.json} and environment as typed values. {@link bricklayer.config.ConfigFile} reads, {@code Settings} is the one table of keys,
 * variables, defaults and limits, from which {@code docs/configuration.md} is written as well.
 *
 * <p>Start reading at {@link bricklayer.config.ServerConfig}. Imports {@code api} for its JSON and nothing else of the project.
 */
@NullMarked
package bricklayer.config;

import org.jspecify.annotations.NullMarked;
