/** The executors on real hosts: that what their unit tests take for granted about sshd, sudo and a dying node is so. */
@NullMarked
package bricklayer.functional.executor;

import org.jspecify.annotations.NullMarked;
