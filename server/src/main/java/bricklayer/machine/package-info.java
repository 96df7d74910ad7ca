/** What a node is apart from its storage: kernel modules, programs, clock, sshd, space. Renders the one question and reads its answer. */
@NullMarked
package bricklayer.machine;

import org.jspecify.annotations.NullMarked;
