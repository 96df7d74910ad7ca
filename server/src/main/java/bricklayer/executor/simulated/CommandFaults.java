package bricklayer.executor.simulated;

import bricklayer.host.Command;
import bricklayer.host.CommandResult.Exited;
import bricklayer.host.Guard;
import bricklayer.host.HostName;

/**
 * Decides for each change whether something goes wrong on the way. Called from the thread of the command, without locks; what it throws reaches the caller, and
 * the command is not run.
 */
@FunctionalInterface
public interface CommandFaults {

    CommandFaults NONE = (host, guard, command) -> Fault.NONE;

    Fault before(HostName host, Guard guard, Command command);

    /** What goes wrong. */
    sealed interface Fault {

        Fault NONE = new None();

        record None() implements Fault {}

        /** The program ends so, and has done nothing. */
        record Ends(Exited result) implements Fault {}

        record NotSent(String why) implements Fault {}

        /** The answer is lost; the command has not run and will not. */
        record LostBefore(String why) implements Fault {}

        /** The answer is lost; the command has run, whether it succeeded or not. */
        record LostAfter(String why) implements Fault {}

        /**
         * The answer is lost, and the command died on the way: lvcreate has made the pool without the volume, gluster-block has dealt with the first host only. Other
         * commands have done nothing.
         */
        record LostHalfway(String why) implements Fault {}

        /** The answer is lost; the command runs when its guard is waited for, unless power is cut before. */
        record Straggles(String why) implements Fault {}
    }
}
