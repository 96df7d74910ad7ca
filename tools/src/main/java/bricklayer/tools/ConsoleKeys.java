package bricklayer.tools;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of the terminal that this process was started in, which stty lets through one by one. The terminal is as before when this is closed, or when the process ends by Ctrl-C or a signal. */
final class ConsoleKeys implements Terminal.Keys {

    private final String before;
    private final Thread atTheEnd;

    private ConsoleKeys(String before) {
        this.before = before;
        this.atTheEnd = new Thread(this::restore, "terminal as before");
    }

    /** Empty where stty is missing or refuses. */
    static Optional<ConsoleKeys> taken() {
        Optional<ConsoleKeys> keys = ConsoleTerminal.stty("-g")
                .filter(settings -> !settings.isEmpty())
                .map(ConsoleKeys::new);
        keys.ifPresent(taken -> Runtime.getRuntime().addShutdownHook(taken.atTheEnd));
        // ISIG stays, so that Ctrl-C and Ctrl-Z go on being what they are
        if (keys.isPresent() && ConsoleTerminal.stty("-icanon", "-echo").isEmpty()) {
            keys.get().close();
            return Optional.empty();
        }
        return keys;
    }

    /** Never blocks, even if somebody sets the terminal back to whole lines meanwhile, as shells do after Ctrl-Z. */
    @Override
    public OptionalInt pressed() {
        try {
            return System.in.available() > 0 ? OptionalInt.of(System.in.read()) : OptionalInt.empty();
        } catch (IOException gone) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException ending) {
            return; // which restores it
        }
        restore();
    }

    private void restore() {
        ConsoleTerminal.stty(before);
    }
}
