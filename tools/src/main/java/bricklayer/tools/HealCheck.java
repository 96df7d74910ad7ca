package bricklayer.tools;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether moving a brick waits for the server to see that no data is lost with it. */
final class HealCheck {

    private static final Duration TIME_TO_THINK = Duration.ofSeconds(10);

    @Option(
            names = "--expert-option-disable-heal-check",
            description = "Move bricks even if their data has not been healed yet, which can lose it.")
    private boolean disabled;

    /**
     * As the server wants it; warns and waits before it says no.
     *
     * @throws CommandFailed when interrupted meanwhile
     */
    String wanted(ClientCommand command) {
        if (!disabled) {
            return "";
        }
        command.note("Warning: moves bricks without looking whether they are the only ones with current data."
                + " End this program within " + TIME_TO_THINK.toSeconds() + " seconds to leave them where they are.");
        try {
            command.root().surroundings().time().sleep(TIME_TO_THINK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted, nothing was changed");
        }
        return "disable";
    }
}
