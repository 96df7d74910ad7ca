/**
 * What travels over HTTP: one record for each request and each answer, the same for server and client. A record that exists has no
 * nulls: what the JSON left out or set to null is empty, zero or false, as Heketi's server reads it.
 *
 * <p>{@link bricklayer.api.WireJson} is the only way from and to text. Component order is key order. Sizes named GiB are what people
 * ask for, sizes named KiB are what devices and bricks have. Imports Jackson and nothing of the project.
 */
@NullMarked
package bricklayer.api;

import org.jspecify.annotations.NullMarked;
